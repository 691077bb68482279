// On every page: what is pleasanter with JavaScript and works without it.
import { article } from "./lib/article.js";
import { copyButtons } from "./lib/copy.js";
import { suggestions } from "./lib/suggest.js";
import { themeButton } from "./lib/theme.js";

copyButtons();
article();
themeButton(document.querySelector("button.theme"));
for (const input of document.querySelectorAll("input[data-suggest]")) suggestions(input);
