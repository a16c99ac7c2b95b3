"""However many receipts a phone has, each is asked after: the oldest, too, is sent again when the server lost it."""

import sqlite3
from contextlib import closing
from typing import Any

from tests.loss.desk import ask

RECEIPTS = 1100  # more than two questions may hold
COPY = """([id, count]) => new Promise((resolve, reject) => {
  const opening = indexedDB.open("fieldwork");
  opening.onsuccess = () => {
    const tx = opening.result.transaction("records", "readwrite");
    const store = tx.objectStore("records");
    const asking = store.get(id);
    asking.onsuccess = () => {
      for (let number = 1; number <= count; number += 1) {
        store.put({...asking.result, id: `${id}@${number}`, created_at: asking.result.created_at + number});
      }
    };
    tx.oncomplete = () => { opening.result.close(); resolve(); };
    tx.onabort = () => reject(tx.error);
  };
})"""
ASK = """() => import("/static/js/capture/compare.js").then((m) => m.compare({now: true}))"""


def test_the_oldest_of_many_receipts_is_asked_after(phone: Any, server: Any) -> None:
    mine = phone("xiaolin")
    mine.record("最早的一条")
    first = mine.arrive("最早的一条")
    mine.record("后来的一条")
    later = mine.arrive("后来的一条")
    mine.page.evaluate(COPY, [later["id"], RECEIPTS])
    with closing(sqlite3.connect(server.folder / "fieldwork.db")) as database, database:  # a backup did not have it
        uid = first["record"].replace("-", "")
        for table, column in (("submission", "record_uid"), ("visit", "uid")):
            database.execute(f"DELETE FROM {table} WHERE replace({column}, '-', '') = ?", [uid])
    assert ask(server.folder, "SELECT text FROM visit") == [("后来的一条",)]
    mine.page.evaluate(ASK)
    mine.page.goto("/outbox/")
    mine.arrive("最早的一条")
    assert ask(server.folder, "SELECT text FROM visit ORDER BY text") == [("后来的一条",), ("最早的一条",)]
