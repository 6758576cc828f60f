#include "app/present/wording.h"

#include <string_view>

#include "assets/assets.h"

namespace bordereau::app {
namespace {

std::string_view name_of(Doing doing) {
    switch (doing) {
        case Doing::opening_notebook: return "opening_notebook";
        case Doing::making_notebook: return "making_notebook";
        case Doing::opening_audit: return "opening_audit";
        case Doing::recording: return "recording";
        case Doing::answering: return "answering";
        case Doing::finalizing: return "finalizing";
        case Doing::reviewing: return "reviewing";
        case Doing::syncing: return "syncing";
        case Doing::writing_bundle: return "writing_bundle";
        case Doing::reading_bundle: return "reading_bundle";
        case Doing::joining: return "joining";
        case Doing::reporting: return "reporting";
        case Doing::importing_form: return "importing_form";
        case Doing::managing_people: return "managing_people";
        case Doing::attaching: return "attaching";
        case Doing::saving_copy: return "saving_copy";
        case Doing::changing_passphrase: return "changing_passphrase";
        case Doing::recovering: return "recovering";
        case Doing::taking_over: return "taking_over";
        case Doing::backing_up: return "backing_up";
        case Doing::restoring: return "restoring";
        case Doing::meeting: return "meeting";
        case Doing::salvaging: return "salvaging";
        case Doing::admitting: return "admitting";
    }
    return "";
}

std::string_view name_of(ErrorCode code) {
    switch (code) {
        case ErrorCode::not_found: return "not_found";
        case ErrorCode::conflict: return "conflict";
        case ErrorCode::invalid: return "invalid";
        case ErrorCode::busy: return "busy";
        case ErrorCode::offline: return "offline";
        case ErrorCode::refused: return "refused";
        case ErrorCode::full: return "full";
        case ErrorCode::io: return "io";
        case ErrorCode::corrupt: return "corrupt";
        case ErrorCode::cancelled: return "cancelled";
        case ErrorCode::too_soon: return "too_soon";
    }
    return "";
}

}  // namespace

text::Words embedded_words(text::Language language) {
    const auto english = assets::find("i18n/en.json");
    const auto own = assets::find("i18n/" + std::string{text::tag_of(language)} + ".json");
    check(english && own, "the interface texts are not embedded");
    auto words = text::Words::read(language, *own, *english);
    check(words.ok(), "the embedded interface texts are not readable");
    return *std::move(words);
}

std::string sentence_for(const text::Words& words, Doing doing, const Error& error) {
    const std::string code{name_of(error.code)};
    const std::string exact = "failure." + std::string{name_of(doing)} + "." + code;
    if (words.has(exact)) return std::string{words(exact)};
    if (doing == Doing::answering) return sentence_for(words, Doing::recording, error);
    return std::string{words("failure." + code)};
}

}  // namespace bordereau::app
