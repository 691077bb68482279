// Pleasanter with JavaScript; everything works without it.
document.querySelector("mark.chosen")?.scrollIntoView({ block: "center", behavior: "instant" });
