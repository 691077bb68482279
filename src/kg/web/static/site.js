// Pleasanter with JavaScript; everything works without it.
const finder = document.querySelector("input[data-suggest]");
if (finder) {
  const list = document.createElement("datalist");
  list.id = "suggestions";
  finder.after(list);
  finder.setAttribute("list", list.id);
  let asked = 0;
  finder.addEventListener("input", async () => {
    const turn = ++asked;
    const text = finder.value.trim();
    if (!text) return list.replaceChildren();
    const answer = await fetch(`${finder.dataset.suggest}?q=${encodeURIComponent(text)}`).catch(() => null);
    if (!answer?.ok || turn !== asked) return;
    const found = await answer.json();
    list.replaceChildren(...found.suggestions.map((one) => {
      const option = document.createElement("option");
      option.value = one.label;
      option.label = one.kind;
      return option;
    }));
  });
}
document.querySelector("mark.chosen")?.scrollIntoView({ block: "center" });
