CORS = Cors(
    rules={
        "/warehouses": CorsRule(
            origins=("https://shop.example.com",),
            methods=("GET", "POST"),
            headers=("Content-Type", "X-Request-Id"),
            expose=("Location", "Link", "X-Request-Id", "Retry-After"),
            credentials=False,
            max_age=600,
        ),
    }
)
