// What lies on the disk and what stays in memory.
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>
#include <array>
#include <catch2/catch_test_macros.hpp>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <sstream>

#include "storage/attachments.h"
#include "storage/forms.h"
#include "storage/keyring.h"
#include "storage/registers.h"
#include "storage/settings.h"
#include "storage/teams.h"
#include "tests/support/notebooks.h"

namespace bordereau::storage {
namespace {

using test::want;

// Words that appear nowhere but in what is recorded here.
constexpr std::array kSaid{
    "Ottilie-login",   "Berthold-login", "Crossing-Quillon", "Device-Zephyr",  "Title-Marzipan",
    "Unit-Obsidian",   "Answer-Verdant", "Comment-Saffron",  "Reason-Cobalt",  "Form-Tourmaline",
    "/path/Juniper",   "Bytes-Amaranth", "photo-Cerulean",   "Register-Ochre", "Setting-Umber",
    "Passphrase-Teal", "Takeover-Indigo"};

std::string utf16(std::string_view text, bool big) {
    std::string wide;
    for (const char c : text) {
        if (big) wide += '\0';
        wide += c;
        if (!big) wide += '\0';
    }
    return wide;
}

// The first word that can be read in a file or a file's name, in UTF-8 or UTF-16.
std::string readable_below(const std::filesystem::path& folder) {
    const std::string bytes = test::all_bytes_below(folder);
    for (const std::string_view word : kSaid)
        for (const std::string& form : {std::string{word}, utf16(word, false), utf16(word, true)})
            if (bytes.find(form) != std::string::npos) return std::string{word};
    for (const std::string_view mark : {"SQLite format", "CREATE TABLE"})
        if (bytes.find(mark) != std::string::npos) return std::string{mark};
    return {};
}

// Records something of every kind, and sorts more than fits the cache.
void record_everything(Notebook& notebook) {
    want(notebook.add_person("Berthold-login", Role::officer, "Passphrase-Teal"));
    const AuditId audit = want(Audits{notebook}.create({"form"}, "1", "Title-Marzipan"));
    want(Audits{notebook}.label(audit, "Title-Marzipan", "Unit-Obsidian"));
    want(Answers{notebook}.record(audit, "/path/Juniper", "Answer-Verdant"));
    want(Reviews{notebook}.comment(audit, "/path/Juniper", "Comment-Saffron"));
    want(Attachments{notebook}.put(audit, "photo-Cerulean", "image/jpeg",
                                   "Bytes-Amaranth" + std::string(70'000, 'p')));
    want(Forms{notebook}.put({{{"form"}, "1", "Form-Tourmaline"}, "<h:html/>", {}}));
    want(Registers{notebook}.put("unit", "u1", "{\"name\":\"Register-Ochre\"}"));
    want(Settings{notebook}.set("Setting-Umber", "Setting-Umber"));
    want(notebook.journal().record(audit.text, AuditStateSet{AuditState::draft, "Reason-Cobalt"}));
    want(notebook.journal().record(audit.text, AuditTaken{"Takeover-Indigo"}));
    auto sorted = notebook.database().query(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 40000)"
        " SELECT printf('Answer-Verdant %d %s', i, hex(randomblob(300))) AS t FROM n ORDER BY t");
    REQUIRE(sorted.next());
    want(sorted.status());
}

Notebook founded(const std::filesystem::path& at) {
    return want(Notebook::create(
        at, {"Ottilie-login", "Passphrase-Teal", "Crossing-Quillon", "Device-Zephyr"},
        test::surroundings()));
}

// Every place in this process's memory where the bytes lie, which are given masked: else they
// would be found in the question.
constexpr char kMask = 0x5A;
std::string masked(std::string_view bytes) {
    std::string out;
    for (const char byte : bytes) out += static_cast<char>(byte ^ kMask);
    return out;
}

bool holds(const std::vector<char>& memory, std::size_t size, std::string_view mask) {
    for (std::size_t at = 0; at + mask.size() <= size; ++at) {
        std::size_t same = 0;
        while (same < mask.size() && (memory[at + same] ^ kMask) == mask[same]) ++same;
        if (same == mask.size()) return true;
    }
    return false;
}

bool in_memory(std::string_view mask) {
    std::ifstream maps{"/proc/self/maps"};
    const int memory = open("/proc/self/mem", O_RDONLY | O_CLOEXEC);
    REQUIRE(memory >= 0);
    constexpr std::size_t kStride = std::size_t{1} << 20;
    std::vector<char> chunk(kStride + 256);
    bool found = false;
    for (std::string line; !found && std::getline(maps, line);) {
        std::istringstream words{line};
        std::uint64_t begin = 0, end = 0;
        char dash = 0;
        std::string rights;
        words >> std::hex >> begin >> dash >> end >> rights;
        // Larger ones are a sanitizer's own.
        if (rights[0] != 'r' || end - begin > (std::uint64_t{1} << 30)) continue;
        for (std::uint64_t at = begin; !found && at < end; at += kStride) {
            const std::size_t wanted = std::min<std::uint64_t>(chunk.size(), end - at);
            const ssize_t got = pread(memory, chunk.data(), wanted, static_cast<off_t>(at));
            found = got > 0 && holds(chunk, static_cast<std::size_t>(got), mask);
        }
        if (found) UNSCOPED_INFO(line);
    }
    explicit_bzero(chunk.data(), chunk.size());  // else the next search finds what this one read
    close(memory);
    return found;
}

}  // namespace

TEST_CASE(
    "nothing that was recorded can be read in any file, while open, after a kill, after "
    "closing, in a backup",
    "[storage][at_rest]") {
    const test::TemporaryFolder folder;
    const auto at = folder.path() / "n";
    const auto temporary = folder.path() / "tmp";
    std::filesystem::create_directory(temporary);
    { founded(at); }
    int ready[2];
    REQUIRE(pipe(ready) == 0);
    const pid_t child = fork();
    if (child == 0) {
        setenv("SQLITE_TMPDIR", temporary.c_str(), 1);
        setenv("TMPDIR", temporary.c_str(), 1);
        auto notebook =
            Notebook::open(at, "Ottilie-login", "Passphrase-Teal", test::surroundings(5));
        if (!notebook) _exit(1);
        record_everything(*notebook);
        if (write(ready[1], "r", 1) != 1) _exit(1);
        pause();
        _exit(0);
    }
    close(ready[1]);
    char one = 0;
    REQUIRE(read(ready[0], &one, 1) == 1);
    close(ready[0]);
    CHECK(readable_below(folder.path()).empty());
    CHECK(std::filesystem::is_empty(temporary));
    kill(child, SIGKILL);
    waitpid(child, nullptr, 0);
    CHECK(std::filesystem::exists(at / "notebook.db-wal"));
    CHECK(readable_below(folder.path()).empty());

    Notebook notebook =
        want(Notebook::open(at, "Ottilie-login", "Passphrase-Teal", test::surroundings(6)));
    CHECK(want(Audits{notebook}.list({})).front().unit == "Unit-Obsidian");
    want(notebook.back_up(folder.path() / "stick", [&](std::int64_t, std::int64_t) {
        CHECK(readable_below(folder.path()).empty());
        return true;
    }));
    want(notebook.change_key());
    want(Attachments{notebook}.renew([](std::int64_t, std::int64_t) { return true; }));
    CHECK(readable_below(folder.path()).empty());
    { const Notebook closed = std::move(notebook); }
    CHECK(readable_below(folder.path()).empty());
}

TEST_CASE("every connection keeps temporary tables in memory", "[storage][at_rest]") {
    const test::TemporaryFolder folder;
    Notebook notebook = test::new_notebook(folder.path() / "n");
    const Notebook worker = want(notebook.connect());
    for (const Notebook* open : std::array{static_cast<const Notebook*>(&notebook), &worker}) {
        auto row = open->database().query("PRAGMA temp_store");
        REQUIRE(row.next());
        CHECK(row.number(0) == 2);
    }
}

TEST_CASE("after closing no key is left in memory", "[storage][at_rest]") {
    const test::TemporaryFolder folder;
    const auto at = folder.path() / "n";
    { const Notebook notebook = test::new_notebook(at); }
    std::vector<std::string> keys;
    {
        const Unlocked unlocked =
            want(want(Keyring::read(at / "keys.json")).unlock("amina", test::kPassphrase));
        const std::string_view key = unlocked.keys.front().view();
        keys.push_back(masked(key));
        std::string hex;
        for (const char byte : key) {
            hex += static_cast<char>("0123456789abcdef"[static_cast<unsigned char>(byte) >> 4] ^
                                     kMask);
            hex += static_cast<char>("0123456789abcdef"[byte & 15] ^ kMask);
        }
        keys.push_back(hex);
        keys.push_back(masked(crypto::derived_key(unlocked.keys.front(), "key slots").view()));
    }
    {
        Notebook notebook = test::open_as(at, "amina");
        keys.push_back(masked(notebook.device_key().seed()));
        keys.push_back(masked(notebook.key_for("attachments").view()));
        const AuditId audit = test::draft_with_answers(notebook, 2);
        want(Attachments{notebook}.put(audit, "a.jpg", "image/jpeg", "a photo"));
        CHECK(in_memory(keys[0]));  // the search finds what is there
        want(notebook.change_passphrase(test::kPassphrase, test::kPassphrase));
    }
    constexpr std::array kNames{"the notebook's", "the same in hexadecimal", "of key slots",
                                "the device's seed", "of attachments"};
    for (std::size_t i = 0; i < keys.size(); ++i) {
        INFO(kNames[i]);
        CHECK_FALSE(in_memory(keys[i]));
    }
}

}  // namespace bordereau::storage
