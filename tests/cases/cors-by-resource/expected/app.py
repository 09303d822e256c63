CORS = Cors(
    rules={
        "": CorsRule(
            origins=("https://admin.example",),
            methods=("GET", "POST"),
            headers=("Authorization",),
            expose=(),
            credentials=False,
            max_age=600,
        ),
        "/items": CorsRule(
            origins=("*",),
            methods=("GET",),
            headers=("X-Request-Id",),
            expose=("Link", "X-Request-Id", "Retry-After"),
            credentials=False,
            max_age=600,
        ),
    }
)
