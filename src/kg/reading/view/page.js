"use strict";
(() => {
  const text = document.getElementById("text");
  const spots = (id) => text.querySelectorAll(`[data-facts~="${CSS.escape(id)}"]`);
  const clear = () => {
    document.querySelectorAll(".lit").forEach((node) => node.classList.remove("lit"));
    document.body.classList.remove("sheet");
  };
  const light = (id) => {
    const card = document.getElementById(id);
    if (!card || !card.classList.contains("card")) return null;
    clear();
    card.classList.add("lit");
    card.closest("details").open = true;
    spots(id).forEach((node) => node.classList.add("lit"));
    return card;
  };
  const narrow = matchMedia("(max-width: 56rem)");
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    if (!link) {
      if (!event.target.closest(".card, label")) clear();
      return;
    }
    const shown = link.dataset.show;
    const id = shown || link.hash.slice(1);
    const card = light(id);
    if (!card) return;
    event.preventDefault();
    history.replaceState(null, "", "#" + id);
    if (shown) {
      const spot = spots(id)[0];
      document.body.classList.toggle("sheet", narrow.matches);
      if (spot) {
        spot.scrollIntoView({ block: "center" });
        (spot.matches("a") ? spot : text).focus({ preventScroll: true });
      }
    } else if (narrow.matches && text.contains(link)) {
      document.body.classList.add("sheet");
    } else {
      card.scrollIntoView({ block: "nearest" });
      card.focus({ preventScroll: true });
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const id = document.querySelector(".card.lit")?.id;
    clear();
    if (id) text.querySelector(`a[href="#${CSS.escape(id)}"]`)?.focus();
  });
  addEventListener("load", () => {
    const id = location.hash.slice(1);
    const card = id && light(id);
    if (!card) return;
    document.body.classList.toggle("sheet", narrow.matches);
    if (!narrow.matches) card.scrollIntoView({ block: "nearest", behavior: "instant" });
    spots(id)[0]?.scrollIntoView({ block: "center", behavior: "instant" });
  });
})();
