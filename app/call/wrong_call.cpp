#include "app/call/wrong_call.h"

#include <algorithm>
#include <iostream>

#include "app/call/nearest.h"

namespace bordereau::app::call {
namespace {

using Names = std::vector<std::string>;

std::string in_quotes(const std::string& word) {
    return "\"" + word + "\"";
}

std::string did_you_mean(const std::string& word, const Names& names) {
    const std::string meant = nearest(word, names);
    return meant.empty() ? std::string{} : "; did you mean " + in_quotes(meant) + "?";
}

// The words by which it is called: "bordereau bundle export".
std::string called(const CLI::App& app) {
    const CLI::App* parent = app.get_parent();
    return parent == nullptr ? app.get_name() : called(*parent) + " " + app.get_name();
}

// The command that the call came to.
const CLI::App& chosen_in(const CLI::App& app) {
    const auto chosen = app.get_subcommands();
    return chosen.empty() ? app : chosen_in(*chosen.back());
}

Names commands_of(const CLI::App& app) {
    Names names;
    for (const CLI::App* one : app.get_subcommands([](const CLI::App*) { return true; }))
        if (!one->get_name().empty()) names.push_back(one->get_name());
    return names;
}

void add_options(const CLI::App& app, Names& names) {
    for (const CLI::Option* option : app.get_options())
        for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
}

// Those that may stand behind its name: its own, and the whole program's.
Names options_of(const CLI::App& app) {
    Names names;
    for (const CLI::App* one = &app; one != nullptr; one = one->get_parent())
        add_options(*one, names);
    return names;
}

std::string what_was_not_expected(const CLI::App& at, const std::string& word) {
    if (word.starts_with('-'))
        return "there is no option " + word.substr(0, word.find('=')) +
               did_you_mean(word.substr(0, word.find('=')), options_of(at));
    const Names commands = commands_of(at);
    if (!commands.empty())
        return "there is no command " + in_quotes(word) + did_you_mean(word, commands);
    return in_quotes(word) + " is one word too many; words with blanks need quotation marks";
}

std::string without(std::string text, std::string_view end) {
    if (text.ends_with(end)) text.resize(text.size() - end.size());
    return text;
}

// "a,b" as "a, b".
std::string spaced(const std::string& list) {
    std::string text;
    for (const char c : list) text += c == ',' ? std::string{", "} : std::string{c};
    return text;
}

const CLI::Option* option_called(const CLI::App& at, const std::string& name) {
    for (const CLI::App* one = &at; one != nullptr; one = one->get_parent())
        for (const CLI::Option* option : one->get_options())
            if (option->get_name() == name) return option;
    return nullptr;
}

// "--team (Name of the team)"
std::string described(const CLI::App& at, const std::string& name) {
    const CLI::Option* option = option_called(at, name);
    const std::string about = option == nullptr ? std::string{} : option->get_description();
    return about.empty() ? name : name + " (" + about + ")";
}

std::string what_is_missing(const CLI::App& at, const std::string& message) {
    const Names commands = commands_of(at);
    if (!commands.empty()) {
        std::string all;
        for (const std::string& one : commands) all += (all.empty() ? "" : ", ") + one;
        return "a command is missing: " + all;
    }
    constexpr std::string_view kOneOf = "Exactly 1 option from [";
    if (message.starts_with(kOneOf))
        return (message.ends_with(" were given") ? "give only one of " : "give one of ") +
               spaced(message.substr(kOneOf.size(), message.find(']') - kOneOf.size()));
    return described(at, without(message, " is required")) + " is missing";
}

// What CLI11 says of two things: "--team requires --bundle".
std::string instead(std::string message, const std::string& verb, const std::string& with,
                    const std::string& end) {
    const std::size_t at = message.find(verb);
    return at == std::string::npos ? message : message.replace(at, verb.size(), with) + end;
}

// Of a value: "--port: Value 99999 not in range 0 to 65535".
std::string what_is_wrong_with_a_value(const std::string& message) {
    const std::size_t colon = message.find(": ");
    if (colon == std::string::npos) return message;
    const std::string name = message.substr(0, colon), wrong = message.substr(colon + 2);
    constexpr std::string_view kValue = "Value ", kRange = " not in range ",
                               kNoFile = "File does not exist: ", kUnit = " unit not recognized";
    if (const std::size_t range = wrong.find(kRange);
        wrong.starts_with(kValue) && range != std::string::npos)
        return name + " is from " + wrong.substr(range + kRange.size()) + ", not " +
               in_quotes(wrong.substr(kValue.size(), range - kValue.size()));
    if (wrong.starts_with(kNoFile))
        return name + ": there is no file " + in_quotes(wrong.substr(kNoFile.size()));
    if (wrong.find(kUnit) != std::string::npos) return name + " is a size such as 500kB or 2GB";
    return message;
}

std::string what_is_wrong(const CLI::App& at, const CLI::ParseError& error) {
    const std::string message = error.what();
    const std::string name = error.get_name();
    if (name == "RequiredError") return what_is_missing(at, message);
    if (name == "RequiresError") return instead(message, " requires ", " is of use only with ", "");
    if (name == "ExcludesError")
        return instead(message, " excludes ", " and ", " do not go together");
    if (name == "ArgumentMismatch")
        return described(at, message.substr(0, message.find(':'))) + " needs a value";
    if (name == "ValidationError") return what_is_wrong_with_a_value(message);
    constexpr std::string_view kNoNumber = "Could not convert: ";
    if (name == "ConversionError" && message.starts_with(kNoNumber))
        return instead(message.substr(kNoNumber.size()), " = ", " takes a number, not \"", "\"");
    return message;
}

std::string sentence_on(const CLI::App& app, const CLI::ParseError& error) {
    const CLI::App& at = chosen_in(app);
    const Names unknown = app.remaining(true);
    const std::string wrong =
        unknown.empty() ? what_is_wrong(at, error) : what_was_not_expected(at, unknown.front());
    return called(at) + ": " + wrong + (wrong.ends_with('?') ? " " : ". ") +
           "Nothing was done. How it is called: " + called(at) + " --help";
}

}  // namespace

CLI::Validator one_of(std::vector<std::string> words) {
    return CLI::Validator{[words = std::move(words)](std::string& given) {
                              if (std::ranges::find(words, given) != words.end())
                                  return std::string{};
                              std::string all;
                              for (const std::string& word : words)
                                  all += (all.empty() ? "" : ", ") + word;
                              return in_quotes(given) + " is none of " + all +
                                     did_you_mean(given, words);
                          },
                          {}};
}

// What CLI11 throws ends here.
std::optional<int> read(CLI::App& app, int argc, const char* const* argv) {
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        if (error.get_exit_code() == 0) return app.exit(error);
        std::cerr << sentence_on(app, error) << '\n';
        return kWrongCall;
    }
    return std::nullopt;
}

}  // namespace bordereau::app::call
