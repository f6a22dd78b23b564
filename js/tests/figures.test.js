// The columns in which the offline page lays out its figures.

import assert from "node:assert/strict";
import { test } from "node:test";
import { columnsFor } from "../../lifecycle/outputs/offline/page/figures.js";

test("what there is room for shares a row", () => {
  for (let count = 1; count <= 8; count++) for (let room = count; room <= 12; room++) assert.equal(columnsFor(count, room), count);
});

test("a last row has at most one place empty, and no more rows are made for it than must be", () => {
  assert.equal(columnsFor(7, 6), 4);
  assert.equal(columnsFor(7, 3), 2);
  assert.equal(columnsFor(5, 4), 3);
  assert.equal(columnsFor(8, 7), 4);
  for (let count = 1; count <= 12; count++) {
    for (let room = 1; room <= 12; room++) {
      const columns = columnsFor(count, room), rows = Math.ceil(count / columns);
      assert.ok(columns <= room && rows * columns - count <= 1, `${count} in ${room}`);
    }
  }
});

test("there is a column where there is room for none, or nothing to show", () => {
  assert.equal(columnsFor(7, 0), 1);
  assert.equal(columnsFor(0, 5), 1);
});
