// On every page: what is pleasanter with JavaScript and works without it.
import { copyButtons } from "./lib/copy.js";

copyButtons();
