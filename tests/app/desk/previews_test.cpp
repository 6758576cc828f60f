#include "app/desk/previews.h"

#include <atomic>
#include <catch2/catch_test_macros.hpp>

#include "storage/attachments.h"
#include "storage/base/text.h"
#include "storage/crypto/hash.h"
#include "tests/support/desks.h"
#include "tests/support/media_samples.h"

namespace bordereau::app {
namespace {

using test::want;

std::string keep(storage::Notebook& notebook, const std::string& bytes) {
    const std::string hash = to_hex(storage::crypto::digest(bytes));
    want(storage::Attachments{notebook}.put_bytes(hash, bytes));
    return hash;
}

}  // namespace

TEST_CASE("a preview is made beside, then there, upright and small", "[desk][previews]") {
    const test::TemporaryFolder folder;
    storage::Notebook notebook = test::new_notebook(folder.path() / "n");
    const std::string photo = keep(notebook, test::telling_jpeg(600, 300, 6));
    const std::string film = keep(notebook, test::telling_movie());
    std::atomic<int> woken = 0;
    Previews previews{notebook, [&] { ++woken; }};
    CHECK(previews.get(photo, Previews::kSmall) == nullptr);
    CHECK(previews.get(film, Previews::kSmall) == nullptr);
    CHECK(previews.get("00", Previews::kSmall) == nullptr);
    previews.settle();
    CHECK(woken == 3);
    const auto shown = previews.get(photo, Previews::kSmall);
    REQUIRE(shown);
    REQUIRE(shown->picture);
    CHECK(shown->picture->height == 256);
    CHECK(shown->picture->width == 128);
    CHECK(shown->shape.width == 600);
    CHECK(previews.get(film, Previews::kSmall)->length == 83'500);
    CHECK_FALSE(previews.get(film, Previews::kSmall)->picture);
    CHECK(previews.get("00", Previews::kSmall)->failed == ErrorCode::not_found);
    CHECK_FALSE(previews.turn());
}

TEST_CASE("only so many pictures are kept; what was shown lately stays", "[desk][previews]") {
    const test::TemporaryFolder folder;
    storage::Notebook notebook = test::new_notebook(folder.path() / "n");
    Previews previews{notebook, [] {}};
    std::vector<std::string> hashes;
    for (int i = 0; i < 5; ++i)
        hashes.push_back(keep(notebook, test::telling_jpeg(1600, 1400 + i, 1)));
    for (const std::string& hash : hashes) {
        static_cast<void>(previews.get(hash, Previews::kLarge));
        previews.settle();
    }
    CHECK(previews.get(hashes.back(), Previews::kLarge) != nullptr);
    CHECK(previews.get(hashes.front(), Previews::kLarge) == nullptr);  // 9 MB each
}

}  // namespace bordereau::app
