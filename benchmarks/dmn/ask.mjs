// Answers situations from a DMN file with bpmn-io's reader of DMN and feelin's reading of FEEL.
//
//     node ask.mjs TABLES.json   [{"dmn": text, "situations": [{name: value}]}]; days are {"day": "2018-01-01"}
//
// Writes a list for each table: of each situation, the ids of the rules of every row that holds.

import { readFileSync } from "node:fs";
import { DmnModdle } from "dmn-moddle";
import { evaluate, unaryTest } from "feelin";

const sure = ({ value, warnings }, text) => {
  const other = warnings.filter((warning) => warning.type !== "NOT_COMPARABLE");
  if (other.length) throw new Error(`${text}: ${JSON.stringify(other)}`);
  return value;
};
const asFeel = (value) => (value?.day ? evaluate(`date("${value.day}")`).value : value);

async function read(text) {
  const { rootElement, warnings } = await new DmnModdle().fromXML(text);
  if (warnings.length) throw new Error(JSON.stringify(warnings));
  const { decisionLogic } = rootElement.drgElement.find((item) => item.$type === "dmn:Decision");
  return decisionLogic;
}

// What a test says of a value is kept: the same cell is asked of the same value many times.
const kept = new Map();
function holds(test, value) {
  const key = `${test}\n${JSON.stringify(value)}`;
  if (!kept.has(key)) kept.set(key, sure(unaryTest(test, { "?": asFeel(value) }), test) === true);
  return kept.get(key);
}

async function ask({ dmn, situations }) {
  const table = await read(dmn);
  if ((table.hitPolicy ?? "UNIQUE") !== "UNIQUE") throw new Error(`hit policy ${table.hitPolicy}`);
  const names = table.input.map((column) => column.inputExpression.text);
  const place = table.output.findIndex((column) => column.name === "rule");
  const rows = table.rule.map((row) => ({
    tests: row.inputEntry.map((cell) => cell.text),
    rule: sure(evaluate(row.outputEntry[place].text), "rule"),
  }));
  for (const row of table.rule) for (const cell of row.outputEntry) sure(evaluate(cell.text), cell.text);
  return situations.map((situation) =>
    rows.filter(({ tests }) => tests.every((test, at) => holds(test, situation[names[at]]))).map(({ rule }) => rule),
  );
}

const tables = JSON.parse(readFileSync(process.argv[2], "utf8"));
const said = [];
for (const table of tables) said.push(await ask(table));
process.stdout.write(JSON.stringify(said));
