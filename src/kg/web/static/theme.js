// Before the page is drawn: the theme that its reader chose, where it differs from the system's. It stands at the end of
// the head, when the style sheets are there; localStorage may be forbidden, then the system decides.
globalThis.theme = (() => {
  const rules = [...document.styleSheets]
    .flatMap((sheet) => [...sheet.cssRules])
    .filter((rule) => rule.media?.mediaText.includes("prefers-color-scheme: dark"));
  const system = matchMedia("(prefers-color-scheme: dark)");
  let chosen = null;
  try {
    chosen = localStorage.getItem("theme");
  } catch {}
  const current = () => chosen ?? (system.matches ? "dark" : "light");
  const apply = () => {
    if (chosen !== "dark" && chosen !== "light") return;
    for (const rule of rules) rule.media.mediaText = chosen === "dark" ? "all" : "not all";
    document.documentElement.style.colorScheme = chosen;
  };
  const choose = (wish) => {
    chosen = wish;
    try {
      localStorage.setItem("theme", wish);
    } catch {}
    apply();
    document.dispatchEvent(new Event("themechange"));
  };
  apply();
  return { current, choose };
})();
