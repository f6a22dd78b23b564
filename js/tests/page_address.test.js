// The page's address with another place in it, held to the table that tests/ui/session/test_addressbar.py holds Python to.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { addressOf } from "../../lifecycle/ui/components/page_address.js";

/** @type {{ names: string[], cases: { search: string, place: string, address: string }[] }} */
const { names, cases } = JSON.parse(readFileSync(new URL("../../tests/ui/session/page_addresses.json", import.meta.url), "utf8"));

for (const { search, place, address } of cases) {
  test(`${place} at “${search}” is written ${address}`, () => assert.equal(addressOf(search, place, names), address));
}
