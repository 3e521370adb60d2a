// Reads one letter a line, {subject, text}, with email-forward-parser; writes the messages found in it, outermost first.
const lines = require("fs").readFileSync(0, "utf8").split("\n");
const required = require(process.argv[2]);
const Parser = required.default || required;
const deepest = Number(process.argv[3]);

function levels(text, subject) {
  const found = [{ body: text }];
  for (let depth = 0; depth < deepest; depth++) {
    const last = found[found.length - 1];
    const read = new Parser().read(last.body, depth === 0 ? subject : undefined);
    if (!read.forwarded) break;
    found[found.length - 1] = { ...last, body: read.message || "" };
    found.push({ email: read.email, body: read.email.body || "" });
  }
  return found;
}

for (const line of lines) {
  const { subject, text } = JSON.parse(line);
  console.log(JSON.stringify(levels(text, subject)));
}
