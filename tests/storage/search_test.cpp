#include "storage/search.h"

#include <algorithm>
#include <set>

#include "storage/registers.h"
#include "tests/support/large_notebook.h"
#include "tests/support/notebooks.h"

using namespace bordereau;
using namespace bordereau::storage;
using namespace bordereau::test;

namespace {

SearchAsked asked(std::string_view typed, bool typing = false) {
    return {understand(typed, typing), {}, {}};
}

void catch_up(Search& search) {
    while (want(search.catch_up(50)).left > 0) {
    }
}

AuditId audit_saying(Notebook& notebook, std::string_view text, bool finished = true) {
    const AuditId audit = want(Audits{notebook}.create({"f"}, "1", "Visit"));
    want(Answers{notebook}.record(audit, "/f/remark", std::string{text}));
    if (finished) want(Audits{notebook}.finalize(audit));
    return audit;
}

std::vector<AuditId> found(Search& search, const SearchAsked& question) {
    std::vector<AuditId> ids;
    for (const auto& hit : want(search.find(question)).hits) ids.push_back(hit.audit.id);
    return ids;
}

std::set<AuditId> all_found(Search& search, SearchAsked question, std::int64_t page) {
    std::set<AuditId> ids;
    question.filter.limit = page;
    while (true) {
        const auto some = want(search.find(question));
        for (const auto& hit : some.hits) {
            CAPTURE(hit.audit.id.text);
            CHECK(ids.insert(hit.audit.id).second);
        }
        if (!some.next) return ids;
        question.after = some.next;
    }
}

}  // namespace

TEST_CASE("An audit is found by words of its answers in each language") {
    const TemporaryFolder folder;
    auto notebook = new_notebook(folder.path() / "notebook");
    Search search{notebook};
    struct Row {
        std::string_view text, question;
    };
    const std::vector<Row> rows{{"The search room has no lock", "LOCK room"},
                                {"L’accès est étroit", "acces etroit"},
                                {"La niña esperó mañana", "nina manana"},
                                {"Комната матери и ребёнка закрыта", "ребенка"},
                                {"الإحالة إلى المأوى", "احالة مأوي"},
                                {"值班表由女翻译保管", "翻译"}};
    std::vector<AuditId> audits;
    for (const Row& row : rows) audits.push_back(audit_saying(notebook, row.text));
    for (const bool indexed : {false, true}) {
        if (indexed) catch_up(search);
        for (std::size_t i = 0; i < rows.size(); ++i) {
            CAPTURE(indexed, rows[i].question);
            CHECK(found(search, asked(rows[i].question)) == std::vector{audits[i]});
        }
    }
}

TEST_CASE("One or two Chinese characters are enough, wherever they stand") {
    const TemporaryFolder folder;
    auto notebook = new_notebook(folder.path() / "notebook");
    Search search{notebook};
    const AuditId audit = audit_saying(notebook, "附近没有投诉箱");
    audit_saying(notebook, "值班表");
    catch_up(search);
    for (const std::string_view question : {"附", "诉", "箱", "投诉", "诉箱", "投诉箱"}) {
        CAPTURE(question);
        CHECK(found(search, asked(question)) == std::vector{audit});
    }
    CHECK(found(search, asked("箱投")).empty());
}

TEST_CASE("Phrases, exclusions and beginnings narrow a search down") {
    const TemporaryFolder folder;
    auto notebook = new_notebook(folder.path() / "notebook");
    Search search{notebook};
    const AuditId room = audit_saying(notebook, "the search room is locked");
    const AuditId other = audit_saying(notebook, "the room where they search");
    catch_up(search);
    CHECK(found(search, asked("search room")).size() == 2);
    CHECK(found(search, asked("\"search room\"")) == std::vector{room});
    CHECK(found(search, asked("room -locked")) == std::vector{other});
    CHECK(found(search, asked("room -\"search room\"")) == std::vector{other});
    CHECK(found(search, asked("lock")).empty());
    CHECK(found(search, asked("lock", true)) == std::vector{room});
    CHECK(found(search, asked("lock*")) == std::vector{room});
    CHECK(found(search, asked("l", true)).empty());
    CHECK(found(search, asked("\" AND ) NOT *")).empty());
    CHECK(code_of(search.find(asked("-room"))) == ErrorCode::invalid);
}

TEST_CASE("A draft is found at once, as it stands now") {
    const TemporaryFolder folder;
    auto notebook = new_notebook(folder.path() / "notebook");
    Search search{notebook};
    const AuditId draft = audit_saying(notebook, "no interpreter", false);
    CHECK(found(search, asked("interpreter")) == std::vector{draft});
    catch_up(search);
    want(Answers{notebook}.record(draft, "/f/remark", "a shelter"));
    CHECK(found(search, asked("interpreter")).empty());
    CHECK(found(search, asked("shelter")) == std::vector{draft});
    CHECK(want(search.check()) == 0);
}

TEST_CASE("What is found says where it stands, and shows it") {
    const TemporaryFolder folder;
    auto notebook = new_notebook(folder.path() / "notebook");
    Search search{notebook};
    const AuditId audit = audit_saying(notebook, "first the lane, then the Search Room");
    want(Reviews{notebook}.comment(audit, "/f/remark", "which shelter?"));
    want(Audits{notebook}.label(audit, "Harbour visit", "Harbour"));
    catch_up(search);
    auto hit = want(search.find(asked("room"))).hits.at(0);
    CHECK(hit.where == SearchField::Kind::answer);
    CHECK(hit.path == "/f/remark");
    REQUIRE(hit.marks.size() == 1);
    CHECK(hit.snippet.substr(hit.marks[0].begin, hit.marks[0].end - hit.marks[0].begin) == "Room");
    CHECK_FALSE(hit.in_title);
    hit = want(search.find(asked("shelter"))).hits.at(0);
    CHECK(hit.where == SearchField::Kind::comment);
    CHECK(want(search.find(asked("harbour"))).hits.at(0).in_title);
}

TEST_CASE("Words in the title come before words in answers, the latest first in both") {
    const TemporaryFolder folder;
    const TestClock clock;
    auto notebook = new_notebook(folder.path() / "notebook", 1, clock);
    Search search{notebook};
    const AuditId old_answer = audit_saying(notebook, "the harbour");
    *clock.now += 7'200'000;
    const AuditId titled = audit_saying(notebook, "nothing");
    want(Audits{notebook}.label(titled, "Harbour", ""));
    *clock.now += 7'200'000;
    const AuditId new_answer = audit_saying(notebook, "the harbour again");
    catch_up(search);
    CHECK(found(search, asked("harbour")) == std::vector{titled, new_answer, old_answer});
}

TEST_CASE("A search keeps to the filters of a list") {
    const TemporaryFolder folder;
    auto notebook = new_notebook(folder.path() / "notebook");
    Search search{notebook};
    const AuditId draft = audit_saying(notebook, "a shelter", false);
    const AuditId finished = audit_saying(notebook, "a shelter");
    catch_up(search);
    SearchAsked question = asked("shelter");
    question.filter.state = AuditState::finalized;
    CHECK(found(search, question) == std::vector{finished});
    question.filter = {};
    question.filter.changed_before = want(Audits{notebook}.get(finished))->created_at;
    CHECK(found(search, question) == std::vector{draft});
    question.filter = {};
    question.filter.form = {"other"};
    CHECK(found(search, question).empty());
    question.filter = {};
    question.filter.created_by = notebook.person().id;
    CHECK(found(search, question).size() == 2);
}

TEST_CASE("An officer finds others' audits by their titles, never by their answers") {
    const TemporaryFolder folder;
    AuditId audit, draft;
    {
        auto notebook = new_notebook(folder.path() / "notebook");
        want(notebook.add_person("omar", Role::officer, kPassphrase));
        audit = audit_saying(notebook, "a secret shelter");
        want(Audits{notebook}.label(audit, "Harbour", ""));
        draft = audit_saying(notebook, "another secret", false);
        Search search{notebook};
        catch_up(search);
        CHECK(found(search, asked("secret")).size() == 2);
    }
    auto notebook = open_as(folder.path() / "notebook", "omar");
    Search search{notebook};
    CHECK(found(search, asked("secret")).empty());
    CHECK(found(search, asked("harbour")) == std::vector{audit});
    CHECK(found(search, asked("harbour secret")).empty());
    const AuditId own = audit_saying(notebook, "my own secret");
    catch_up(search);
    CHECK(found(search, asked("secret")) == std::vector{own});
}

TEST_CASE("Every match of a large notebook is found once, page by page") {
    const TemporaryFolder folder;
    auto notebook = new_notebook(folder.path() / "notebook");
    want(fill(notebook, {.audits = 150, .drafts = 3}));
    Search search{notebook};
    catch_up(search);
    const auto once = all_found(search, asked("crossing"), 1000);
    CHECK(once.size() > 20);
    CHECK(all_found(search, asked("crossing"), 7) == once);
    CHECK(all_found(search, asked(kRareWord), 10).size() == 1);
    CHECK(want(search.check()) == 0);
}

TEST_CASE("A rebuilt notebook and one that received the same in another order find the same") {
    const TemporaryFolder folder;
    auto first = new_notebook(folder.path() / "first");
    audit_saying(first, "a shelter");
    const AuditId second_audit = audit_saying(first, "a shelter too");
    Search search{first};
    catch_up(search);
    const auto before = all_found(search, asked("shelter"), 5);
    want(first.journal().rebuild());
    CHECK(all_found(search, asked("shelter"), 5) == before);
    catch_up(search);
    CHECK(all_found(search, asked("shelter"), 5) == before);
    CHECK(want(search.check()) == 0);
    CHECK(before.contains(second_audit));
}

TEST_CASE("An index that differs from the notebook is noticed and made right") {
    const TemporaryFolder folder;
    auto notebook = new_notebook(folder.path() / "notebook");
    Search search{notebook};
    const AuditId audit = audit_saying(notebook, "a shelter");
    catch_up(search);
    want(notebook.database().run("UPDATE search_doc SET digest = 1"));
    CHECK(want(search.check()) == 1);
    catch_up(search);
    CHECK(want(search.check()) == 0);
    want(notebook.database().run("DELETE FROM search_doc"));
    CHECK(want(search.check()) == 1);
    CHECK(found(search, asked("shelter")) == std::vector{audit});
}

TEST_CASE("Rows of registers are found by their texts") {
    const TemporaryFolder folder;
    auto notebook = new_notebook(folder.path() / "notebook");
    Search search{notebook};
    Registers registers{notebook};
    want(registers.put("legislation", "one", R"({"title":"Loi sur les refuges","year":2024})"));
    want(registers.put("legislation", "two", R"({"title":"Autre"})"));
    catch_up(search);
    auto hits = want(search.find_registers(understand("refuges", false), 10));
    REQUIRE(hits.size() == 1);
    CHECK(hits[0].key == "one");
    CHECK(hits[0].snippet == "Loi sur les refuges");
    want(registers.put("legislation", "one", R"({"title":"Abrogée"})"));
    catch_up(search);
    CHECK(want(search.find_registers(understand("refuges", false), 10)).empty());
    CHECK(want(search.find_registers(understand("title", false), 10)).empty());
}
