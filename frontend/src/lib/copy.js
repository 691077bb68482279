// A button with data-copy="#id" copies the text of that element; without JavaScript it stays hidden.

export function copyButtons(root = document) {
  for (const button of root.querySelectorAll("button[data-copy]")) {
    button.hidden = false;
    button.addEventListener("click", () => copy(button));
  }
}

async function copy(button) {
  const target = document.querySelector(button.dataset.copy);
  const text = target.value ?? target.textContent;
  if (!(await write(text.trim(), target))) return;
  const before = button.textContent;
  button.textContent = button.dataset.copied || "✓";
  setTimeout(() => (button.textContent = before), 2000);
}

// The clipboard is there only on https and localhost: elsewhere the text is selected for the reader to copy.
async function write(text, target) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    if (target.select) target.select();
    else getSelection().selectAllChildren(target);
    return false;
  }
}
