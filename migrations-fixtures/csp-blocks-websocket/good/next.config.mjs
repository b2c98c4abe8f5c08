const csp = `
  default-src 'self';
  connect-src 'self' https://abcdefghijklmnopqrst.supabase.co wss://abcdefghijklmnopqrst.supabase.co;
`;

export default {
  async headers() {
    return [{
      source: "/(.*)",
      headers: [{ key: "Content-Security-Policy", value: csp.replace(/\s{2,}/g, " ").trim() }],
    }];
  },
};
