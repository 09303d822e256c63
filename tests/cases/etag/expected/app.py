CORS = Cors(
    rules={
        "": CorsRule(
            origins=("https://shop.example.com",),
            methods=("GET", "POST", "PUT", "PATCH", "DELETE"),
            headers=("Content-Type", "If-Match", "If-None-Match", "X-Request-Id"),
            expose=("ETag", "Location", "Link", "X-Request-Id", "Retry-After"),
            credentials=False,
            max_age=600,
        ),
    }
)
