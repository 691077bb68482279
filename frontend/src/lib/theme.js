// The button that changes between light and dark; it says what it would change to.

export function themeButton(button) {
  if (!button || !globalThis.theme) return;
  const other = () => (globalThis.theme.current() === "dark" ? "light" : "dark");
  const name = () => (button.textContent = button.dataset[other()]);
  button.addEventListener("click", () => {
    globalThis.theme.choose(other());
    name();
  });
  name();
  button.hidden = false;
}
