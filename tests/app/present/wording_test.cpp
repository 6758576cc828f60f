#include "app/present/wording.h"

#include <array>
#include <catch2/catch_test_macros.hpp>
#include <vector>

#include "storage/journal/receipt.h"

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

namespace {

constexpr std::array kLanguages{text::Language::en, text::Language::fr, text::Language::es,
                                text::Language::ru, text::Language::ar, text::Language::zh};

// By what an endpoint, a laptop at its door and a bundle may refuse with.
const std::vector<ErrorCode> kRefusals{ErrorCode::busy,    ErrorCode::full,    ErrorCode::io,
                                       ErrorCode::invalid, ErrorCode::refused, ErrorCode::offline,
                                       ErrorCode::corrupt};

}  // namespace

TEST_CASE("whatever the other side refuses with is said in words of its own, in every language",
          "[wording]") {
    for (const text::Language language : kLanguages) {
        const text::Words words = embedded_words(language);
        for (const ErrorCode code : kRefusals)
            for (const Doing doing : {Doing::syncing, Doing::meeting}) {
                const std::string said = sentence_for(words, doing, {code, "detail"});
                INFO(said);
                CHECK(said != sentence_for(words, Doing::finalizing, {code, "detail"}));
            }
        for (int fault = 0; fault <= static_cast<int>(storage::Fault::beyond_role); ++fault) {
            const std::string name{storage::name_of(static_cast<storage::Fault>(fault))};
            INFO(name);
            CHECK(words.has("sync.reason." + name));
        }
        for (const char* key :
             {"sync.reason.not-named", "sync.reason.damaged-file", "bundle.refused.other_team",
              "bundle.refused.stranger", "bundle.refused.not_for_us", "bundle.taken.damaged",
              "bundle.taken.cut", "bundle.taken.waiting", "bundle.taken.quarantined",
              "sync.turned_away", "failure.reading_bundle.full", "failure.reading_bundle.io"})
            CHECK(words.has(key));
    }
}

TEST_CASE("that the other side is full is not said as if this disk were", "[wording]") {
    for (const Doing doing : {Doing::syncing, Doing::meeting})
        for (const ErrorCode code : {ErrorCode::full, ErrorCode::io})
            CHECK(said(doing, code) != said(Doing::finalizing, code));
    CHECK(said(Doing::syncing, ErrorCode::full).find("endpoint") != std::string::npos);
    CHECK(said(Doing::meeting, ErrorCode::full).find("other laptop") != std::string::npos);
}

}  // namespace bordereau::app
