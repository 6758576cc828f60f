#include "app/present/wording.h"

#include <catch2/catch_test_macros.hpp>

namespace bordereau::app {
namespace {

std::string said(Doing doing, ErrorCode code) {
    return sentence_for(embedded_words(text::Language::en), doing, {code, "detail"});
}

}  // namespace

TEST_CASE("a full disk is said without a screen in words that are true there", "[wording]") {
    CHECK(said(Doing::recording, ErrorCode::full).find("on the screen") != std::string::npos);
    CHECK(said(Doing::answering, ErrorCode::full).find("screen") == std::string::npos);
    CHECK(said(Doing::opening_notebook, ErrorCode::full).find("screen") == std::string::npos);
    CHECK(said(Doing::answering, ErrorCode::full).find("give them again") != std::string::npos);
}

TEST_CASE("answers are refused in the same words with and without a screen", "[wording]") {
    for (const ErrorCode code : {ErrorCode::refused, ErrorCode::not_found, ErrorCode::io})
        CHECK(said(Doing::answering, code) == said(Doing::recording, code));
}

TEST_CASE("a sentence never holds the detail of a failure", "[wording]") {
    for (const ErrorCode code : {ErrorCode::io, ErrorCode::corrupt, ErrorCode::busy})
        CHECK(said(Doing::syncing, code).find("detail") == std::string::npos);
}

}  // namespace bordereau::app
