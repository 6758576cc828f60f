#include "app/cli/console.h"

#include <termios.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <iostream>

#include "app/desk/services.h"
#include "storage/base/text.h"
#include "storage/files.h"

namespace bordereau::app::cli {
namespace {

std::string from_environment(const char* name) {
    const char* value = std::getenv(name);
    return value == nullptr ? std::string{} : std::string{value};
}

// The language of the terminal, where it is one of ours.
text::Language terminal_language() {
    return text::language_of(from_environment("LANG")).value_or(text::Language::en);
}

// What was not said, so that nothing was tried. Details of errors, by which fail() knows them.
constexpr std::string_view kNoPerson = "no person was named";
constexpr std::string_view kNoPassphrase = "no passphrase and no terminal to ask for it";
constexpr std::string_view kNoSecretFile = "a file with a secret cannot be read: ";

std::string_view key_of_unsaid(const Error& error) {
    if (error.detail == kNoPerson) return "failure.unsaid.person";
    if (error.detail == kNoPassphrase) return "failure.unsaid.passphrase";
    if (error.detail.starts_with(kNoSecretFile)) return "failure.unsaid.file";
    return {};
}

// Reads a line without showing it.
std::string ask_unseen(std::string_view question) {
    std::fprintf(stderr, "%.*s: ", static_cast<int>(question.size()), question.data());
    termios before{};
    tcgetattr(STDIN_FILENO, &before);
    termios silent = before;
    silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent);
    std::string line;
    std::getline(std::cin, line);
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &before);
    std::fputc('\n', stderr);
    return line;
}

}  // namespace

Exit exit_of(ErrorCode code) {
    switch (code) {
        case ErrorCode::not_found: return Exit::not_found;
        case ErrorCode::conflict:
        case ErrorCode::invalid:
        case ErrorCode::too_soon:
        case ErrorCode::refused: return Exit::refused;
        case ErrorCode::busy: return Exit::busy;
        case ErrorCode::offline: return Exit::offline;
        case ErrorCode::full:
        case ErrorCode::io:
        case ErrorCode::corrupt:
        case ErrorCode::cancelled: return Exit::failed;
    }
    return Exit::failed;
}

Console::Console(Shared shared)
    : shared_(std::move(shared)), words_(embedded_words(terminal_language())) {}

void Console::print(std::string_view line) const {
    std::fwrite(line.data(), 1, line.size(), stdout);
    std::fputc('\n', stdout);
}

void Console::complain(std::string_view line) const {
    std::fwrite(line.data(), 1, line.size(), stderr);
    std::fputc('\n', stderr);
}

Exit Console::fail(Doing doing, const Error& error, std::string_view what) const {
    if (const std::string_view key = key_of_unsaid(error); !key.empty()) {
        const std::size_t file = std::min(error.detail.size(), kNoSecretFile.size());
        complain("bordereau: " + words_(key, {{"file", error.detail.substr(file)}}));
        return Exit::usage;
    }
    const std::string sentence = sentence_for(words_, doing, error);
    const std::string folder = shared_.notebook.string();
    if (doing == Doing::opening_notebook && error.code == ErrorCode::not_found && what.empty())
        what = folder;  // where it was looked for
    if (what.empty())
        std::fprintf(stderr, "bordereau: %s\n", sentence.c_str());
    else
        std::fprintf(stderr, "bordereau: %.*s: %s\n", static_cast<int>(what.size()), what.data(),
                     sentence.c_str());
    if (!from_environment("BORDEREAU_DEBUG").empty())
        std::fprintf(stderr, "  (%s)\n", error.detail.c_str());
    return exit_of(error.code);
}

std::string Console::person() const {
    return shared_.person.empty() ? from_environment("BORDEREAU_PERSON") : shared_.person;
}

Result<std::string> Console::secret(const std::string& file, const char* variable,
                                    std::string_view words) const {
    if (!file.empty()) {
        auto text = storage::read_file(file);
        if (!text) return Error{ErrorCode::not_found, std::string{kNoSecretFile} + file};
        while (text->ends_with('\n') || text->ends_with('\r')) text->pop_back();
        return text;
    }
    if (auto given = from_environment(variable); !given.empty()) return given;
    if (isatty(STDIN_FILENO) == 0) return Error{ErrorCode::invalid, std::string{kNoPassphrase}};
    return ask_unseen(words_(words));
}

Result<std::string> Console::passphrase() const {
    return secret(shared_.passphrase_file, "BORDEREAU_PASSPHRASE", "entry.passphrase");
}

Result<std::string> Console::new_passphrase(const std::string& file) const {
    return secret(file, "BORDEREAU_NEW_PASSPHRASE", "entry.new_passphrase");
}

Result<std::unique_ptr<Desk>> Console::open_desk() const {
    if (!storage::Notebook::exists(shared_.notebook))
        return Error{ErrorCode::not_found, shared_.notebook.string()};
    // Neither is tried in vain: wrong passphrases are counted.
    if (person().empty()) return Error{ErrorCode::invalid, std::string{kNoPerson}};
    auto secret = passphrase();
    if (!secret) return std::move(secret).error();
    return Desk::open(shared_.notebook, person(), *secret, system_services());
}

}  // namespace bordereau::app::cli
