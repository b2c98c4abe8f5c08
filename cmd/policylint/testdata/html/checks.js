// What html_test.go asks of a page. Each function returns a list of faults.
globalThis.checks = (() => {
  "use strict";
  const rgb = (s) => (s.match(/[\d.]+/g) || []).map(Number);
  const clear = (s) => s === "none" || s === "transparent" || (s.startsWith("rgba") && rgb(s)[3] === 0);
  const light = (c) => {
    const [r, g, b] = c.slice(0, 3).map((v) => ((v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ratio = (a, b) => {
    const [x, y] = [light(rgb(a)), light(rgb(b))].sort((p, q) => q - p);
    return (x + 0.05) / (y + 0.05);
  };
  // behind is the colour that an element's text stands on. In the drawing that
  // is the rectangle of its group.
  const behind = (el) => {
    for (let e = el; e; e = e.parentElement) {
      const rect = e.ownerSVGElement && e.querySelector(":scope > rect");
      if (rect && !clear(getComputedStyle(rect).fill)) return getComputedStyle(rect).fill;
      const bg = getComputedStyle(e).backgroundColor;
      if (!clear(bg)) return bg;
    }
    return "rgb(255, 255, 255)";
  };
  const seen = (el) => el.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true }) && !el.closest(".hidden, .skip, title, defs");
  const say = (el) => el.tagName.toLowerCase() + "." + (el.getAttribute("class") || "") + " " + JSON.stringify(el.textContent.trim().slice(0, 40));

  return {
    // contrast: WCAG 2.2, 1.4.3 for text and 1.4.11 for lines that mean something.
    contrast() {
      const out = new Map();
      let n = 0;
      const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      for (let t = walk.nextNode(); t; t = walk.nextNode()) {
        const el = t.parentElement;
        if (!t.data.trim() || !seen(el)) continue;
        n++;
        const style = getComputedStyle(el);
        const size = parseFloat(style.fontSize);
        const need = size >= 24 || (size >= 18.66 && style.fontWeight >= 700) ? 3 : 4.5;
        const got = ratio(el.ownerSVGElement ? style.fill : style.color, behind(el));
        if (got < need) out.set(say(el), got.toFixed(2));
      }
      const panel = document.querySelector("figure");
      for (const el of document.querySelectorAll(".flow .link:not(.nothing) > path, .flow .box > rect")) {
        n++;
        const got = ratio(getComputedStyle(el).stroke, getComputedStyle(panel).backgroundColor);
        if (got < 3) out.set(say(el.parentElement) + " line", got.toFixed(2));
      }
      if (n < 20) out.set("only " + n + " pieces of text were judged", 0);
      return [...out].map(([k, v]) => k + " has contrast " + v);
    },
    // fits: nothing is wider than the window, but for what scrolls by itself.
    fits() {
      const out = [];
      const root = document.documentElement;
      if (root.scrollWidth > innerWidth) out.push("the page is " + root.scrollWidth + " wide");
      for (const el of document.body.querySelectorAll("*")) {
        if (!seen(el) || el.closest(".scroll, pre") && !el.matches(".scroll, pre")) continue;
        const box = el.getBoundingClientRect();
        if (box.width && (box.right > innerWidth + 1 || box.left < -1)) out.push(say(el) + " reaches from " + box.left + " to " + box.right);
      }
      return out.slice(0, 5);
    },
    // outline: one of each landmark, headings without gaps.
    outline() {
      const out = [];
      for (const [what, least, most] of [["body > header", 1, 1], ["main", 1, 1], ["body > footer", 1, 1], ["nav", 1, 99], ["h1", 1, 1]]) {
        const n = document.querySelectorAll(what).length;
        if (n < least || n > most) out.push(n + " of " + what);
      }
      let last = 0;
      for (const h of document.querySelectorAll("h1, h2, h3, h4, h5, h6")) {
        const level = +h.tagName[1];
        if (level > last + 1) out.push(say(h) + " follows a heading of level " + last);
        last = level;
      }
      if (!document.documentElement.lang) out.push("no language");
      for (const s of document.querySelectorAll("section")) {
        if (!s.getAttribute("aria-labelledby") && !s.getAttribute("aria-label")) out.push("a section has no name");
      }
      return out;
    },
    // focus: where the keyboard is, and whether one can see that.
    focus() {
      const el = document.activeElement;
      if (!el || el === document.body) return { end: true };
      globalThis.visited ||= [];
      const last = globalThis.visited.at(-1);
      const box = el.getBoundingClientRect();
      const mark = el.ownerSVGElement ? el.querySelector("rect") : el;
      const style = getComputedStyle(mark);
      const shown = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2 || el.ownerSVGElement && parseFloat(style.strokeWidth) >= 3;
      const faults = [];
      if (!shown) faults.push(say(el) + " does not show that it has the focus");
      if (!box.width || !box.height || box.top > innerHeight || box.bottom < 0) faults.push(say(el) + " has the focus out of sight");
      if (last && !(last.compareDocumentPosition(el) & Node.DOCUMENT_POSITION_FOLLOWING)) faults.push(say(el) + " comes after " + say(last));
      globalThis.visited.push(el);
      return { what: say(el), faults };
    },
  };
})();
true;
