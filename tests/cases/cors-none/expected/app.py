CORS = Cors(rules={})
