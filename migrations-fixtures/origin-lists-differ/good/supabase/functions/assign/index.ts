const headers = { "Access-Control-Allow-Origin": "https://agents.example.com" };
