// A notebook tampered with by somebody who holds its key and a SQLite shell.
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <catch2/generators/catch_generators_range.hpp>

#include "storage/outbox.h"
#include "storage/registers.h"
#include "tests/support/notebooks.h"

namespace bordereau::storage {
namespace {

using test::want;

// Sealed and unsealed changes of two laptops, and something in every table.
struct Evidence {
    test::TemporaryFolder folder;
    test::TestClock clock;
    Notebook notebook = test::new_notebook(folder.path() / "one", 1, clock);
    Notebook other = test::new_notebook(folder.path() / "two", 2, clock);
    AuditId audit, draft;

    Evidence() {
        want(notebook.add_person("noor", Role::supervisor, test::kPassphrase));
        test::admit(notebook, other);
        for (int i = 0; i < 4; ++i) {
            audit = test::draft_with_answers(notebook, 3);
            want(Audits{notebook}.label(audit, "Gate " + std::to_string(i), "N1"));
            want(Reviews{notebook}.comment(audit, "/f/q1", "Which?"));
            test::finalize_and_seal(notebook, audit);
            test::draft_with_answers(other, 2);
            want(other.journal().seal_all());
        }
        want(Registers{notebook}.put("unit", "N1", "{}"));
        want(notebook.journal().seal_finished());
        test::hand_over(other, notebook);
        want(notebook.journal().receive(std::string{"no changeset"}));
        keep_one_waiting();
        draft = test::draft_with_answers(notebook, 3);
    }

    void keep_one_waiting() {
        for (int i = 0; i < 2; ++i) {
            test::draft_with_answers(other, 1);
            want(other.journal().seal_all());
        }
        auto late = want(other.journal().missing(want(notebook.journal().vector()), 1U << 30));
        REQUIRE(late.size() == 2);
        want(notebook.journal().receive(late[1].bytes));
    }

    // The first break after `sql` was run, or nothing.
    std::optional<Break> after(const std::string& sql) {
        want(notebook.database().run_script(sql));
        auto broken = want(notebook.journal().verify());
        return broken ? broken : want(notebook.journal().verify_folds());
    }
    // The chain of this laptop's audits.
    std::string ours() const {
        return " lane = device AND device = '" + notebook.device().text + "' ";
    }
};

struct Tampering {
    const char* what;
    const char* sql;  // with OURS for the chain of this laptop's audits
    const char* table;
    std::int64_t number;
    Fault fault;
};

const Tampering kTamperings[]{
    {"a changeset edited",
     "UPDATE changeset SET bytes = CAST(substr(bytes, 1, 90) || x'ff' || substr(bytes, 92) AS BLOB)"
     " WHERE OURS AND number = 2",
     "changeset", 2, Fault::damaged},
    {"a changeset cut short",
     "UPDATE changeset SET bytes = substr(bytes, 1, 200) WHERE OURS AND number = 3", "changeset", 3,
     Fault::damaged},
    {"a changeset dropped", "DELETE FROM changeset WHERE OURS AND number = 2", "changeset", 2,
     Fault::missing},
    {"the first changeset dropped", "DELETE FROM changeset WHERE OURS AND number = 1", "changeset",
     1, Fault::missing},
    {"the last changeset dropped", "DELETE FROM changeset WHERE OURS AND number = 4", "changeset",
     4, Fault::missing},
    {"the last changeset dropped, and the chain's end with it",
     "DELETE FROM changeset WHERE OURS AND number = 4; DELETE FROM chain WHERE OURS", "chain", 3,
     Fault::broken_link},
    {"two changesets exchanged",
     "UPDATE changeset SET number = -1 WHERE OURS AND number = 2;"
     "UPDATE changeset SET number = 2 WHERE OURS AND number = 3;"
     "UPDATE changeset SET number = 3 WHERE OURS AND number = -1",
     "changeset", 2, Fault::broken_link},
    {"a whole chain dropped", "DELETE FROM changeset WHERE OURS; DELETE FROM chain WHERE OURS",
     "changeset", 1, Fault::missing},
    {"a chain's end edited", "UPDATE chain SET digest = zeroblob(32) WHERE OURS", "chain", 4,
     Fault::broken_link},
    {"a chain's end moved back", "UPDATE chain SET number = 3 WHERE OURS", "chain", 3,
     Fault::broken_link},
    {"a waiting changeset edited", "UPDATE waiting SET bytes = zeroblob(300)", "waiting", 6,
     Fault::damaged},
    {"evidence in quarantine edited", "UPDATE quarantine SET bytes = x'00'", "quarantine", 0,
     Fault::damaged},
    {"a pending change overwritten", "UPDATE pending SET body = x'00' WHERE kind = 2", "pending", 0,
     Fault::damaged},
    {"a pending change put on a stranger", "UPDATE pending SET author = 'nobody'", "pending", 0,
     Fault::damaged},
    {"a pending change of next year",
     "UPDATE pending SET stamp = stamp + (31536000000 << 16) WHERE kind = 2", "pending", 0,
     Fault::ahead},
    {"a pending change of the tables dropped", "DELETE FROM pending WHERE kind = 0", "audit", 0,
     Fault::not_of_log},
    {"an audit's state edited", "UPDATE audit SET state = 4", "audit", 0, Fault::not_of_log},
    {"an audit dropped from lists", "DELETE FROM audit WHERE state = 1", "audit", 0,
     Fault::not_of_log},
    {"answers dropped", "DELETE FROM audit_record", "audit_record", 0, Fault::not_of_log},
    {"a comment reworded", "UPDATE comment SET text = 'Fine.'", "comment", 0, Fault::not_of_log},
    {"a step in an audit's life dropped", "DELETE FROM audit_event", "audit_event", 0,
     Fault::not_of_log},
    {"a person promoted", "UPDATE person SET role = 2 WHERE login = 'noor'", "person", 0,
     Fault::not_of_log},
    {"a register row dropped", "DELETE FROM register_row", "register_row", 0, Fault::not_of_log},
    {"a register row added",
     "INSERT INTO register_row(team, kind, key, json, author, stamp, device)"
     " SELECT team, kind, 'N2', json, author, stamp, device FROM register_row",
     "register_row", 0, Fault::not_of_log},
};

}  // namespace

TEST_CASE("whatever is changed with the key and a SQLite shell, the first break is named",
          "[verify]") {
    Evidence evidence;
    REQUIRE_FALSE(evidence.after(""));
    const Tampering tampering =
        GENERATE(from_range(std::begin(kTamperings), std::end(kTamperings)));
    INFO(tampering.what);
    std::string sql = tampering.sql;
    for (std::size_t at = sql.find("OURS"); at != sql.npos; at = sql.find("OURS"))
        sql.replace(at, 4, evidence.ours());
    const auto broken = evidence.after(sql);
    REQUIRE(broken);
    CHECK(broken->table == tampering.table);
    CHECK(broken->number == tampering.number);
    CHECK(name_of(broken->fault) == name_of(tampering.fault));
}

TEST_CASE("what an endpoint has acknowledged and is not here is missed", "[verify]") {
    Evidence evidence;
    const VersionVector acknowledged = want(evidence.notebook.journal().vector());
    want(Outbox{evidence.notebook, "https://endpoint.example"}.acknowledge(acknowledged));
    CHECK_FALSE(evidence.after(""));
    // Cut off with every trace in the notebook itself.
    const auto broken = evidence.after("DELETE FROM changeset WHERE" + evidence.ours() +
                                       "; DELETE FROM chain WHERE" + evidence.ours() +
                                       "; DELETE FROM audit_source WHERE" + evidence.ours());
    REQUIRE(broken);
    CHECK(broken->fault == Fault::missing);
    CHECK(broken->number == 4);
}

TEST_CASE("looking at the folds changes nothing", "[verify]") {
    Evidence evidence;
    const std::string before = want(evidence.notebook.journal().fold_digest());
    CHECK_FALSE(want(evidence.notebook.journal().verify_folds()));
    CHECK(want(evidence.notebook.journal().fold_digest()) == before);
}

}  // namespace bordereau::storage
