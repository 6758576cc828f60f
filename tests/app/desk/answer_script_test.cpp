#include "app/desk/answer_script.h"

#include <catch2/catch_test_macros.hpp>

namespace bordereau::app {

TEST_CASE("an answer script is read line by line", "[desk]") {
    const auto read =
        read_script("# a comment\n\n/data/a\tone\\ntwo\\\\\r\n+ /data/rep\n- /data/rep[2]\nb\t\n");
    REQUIRE(read.ok());
    REQUIRE(read->size() == 4);
    CHECK((*read)[0].path == "/data/a");
    CHECK((*read)[0].value == "one\ntwo\\");
    CHECK((*read)[0].line == 3);
    CHECK((*read)[1].kind == ScriptStep::Kind::add);
    CHECK((*read)[2].kind == ScriptStep::Kind::remove);
    CHECK((*read)[2].path == "/data/rep[2]");
    CHECK((*read)[3].value.empty());
}

TEST_CASE("a line that is neither answer nor row is named", "[desk]") {
    const auto read = read_script("a\t1\nnonsense\n");
    REQUIRE_FALSE(read.ok());
    CHECK(read.error().code == ErrorCode::invalid);
    CHECK(read.error().detail.find("line 2") != std::string::npos);
}

}  // namespace bordereau::app
