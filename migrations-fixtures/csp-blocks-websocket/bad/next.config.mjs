const project = "https://abcdefghijklmnopqrst.supabase.co";

// want content security policy next.config.mjs
const csp = `
  default-src 'self';
  connect-src 'self' ${project};
`;

export default {
  async headers() {
    return [{
      source: "/(.*)",
      headers: [{ key: "Content-Security-Policy", value: csp.replace(/\s{2,}/g, " ").trim() }],
    }];
  },
};
