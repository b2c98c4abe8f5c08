const extra = (Deno.env.get("EXTRA_ORIGINS") ?? "").split(",");
export const allowedOrigins: readonly string[] = ["https://agents.example.com", Deno.env.get("SITE_URL")!, ...extra];
const pattern = /^https:\/\/[a-z]+\.example\.com$/;
