export const allowedOrigins = [
  "http://localhost:3000",
  "https://help.example.com",
  "https://agents.example.com",
];
