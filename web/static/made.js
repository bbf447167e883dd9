// Elements, made in one line.
export const made = (tag, values = {}, ...children) => {
  const one = Object.assign(document.createElement(tag), values);
  one.append(...children);
  return one;
};
export const choice = (id, words, options) => made("div", {}, made("label", { htmlFor: id, textContent: words }), made("select", { id }, ...options));
export const option = ({ value, words }) => new Option(words, value);
