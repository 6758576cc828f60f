#include "app/text/words.h"

#include <nlohmann/json.hpp>
#include <optional>

#include "app/text/format.h"

namespace bordereau::text {
namespace {

using nlohmann::json;

std::optional<Plural> plural_named(std::string_view name) {
    if (name == "zero") return Plural::zero;
    if (name == "one") return Plural::one;
    if (name == "two") return Plural::two;
    if (name == "few") return Plural::few;
    if (name == "many") return Plural::many;
    if (name == "other") return Plural::other;
    return std::nullopt;
}

bool has_letters_from_right(std::string_view value) {
    return direction_of_text(value, Direction::left_to_right) == Direction::right_to_left;
}

// An isolate keeps a value from reordering the words around it, and the words from reordering it.
void append_value(std::string& out, std::string_view value, Direction direction) {
    const bool isolate = direction == Direction::right_to_left || has_letters_from_right(value);
    if (isolate) out += "\u2068";
    out += value;
    if (isolate) out += "\u2069";
}

template <class Find>
std::string filled(std::string_view pattern, Direction direction, const Find& find) {
    std::string out;
    for (std::size_t at = 0; at < pattern.size();) {
        const std::size_t open = pattern.find('{', at);
        out += pattern.substr(at, open - at);
        if (open == std::string_view::npos) break;
        const std::size_t close = pattern.find('}', open);
        if (close == std::string_view::npos) return out.append(pattern.substr(open));
        if (auto value = find(pattern.substr(open + 1, close - open - 1)))
            append_value(out, *value, direction);
        else
            out += pattern.substr(open, close - open + 1);  // left to be seen
        at = close + 1;
    }
    return out;
}

std::optional<std::string_view> value_of(std::string_view name, Args args) {
    for (const Arg& arg : args)
        if (arg.name == name) return arg.value;
    return std::nullopt;
}

}  // namespace

struct WordsReader {
    static Status read_object(const json& object, const std::string& prefix, Words::Texts& texts) {
        for (const auto& [name, value] : object.items()) {
            const std::string key = prefix + name;
            if (value.is_string())
                texts[key] = {{Plural::other, value.get<std::string>()}};
            else if (!value.is_object())
                return Error{ErrorCode::invalid, "text " + key + " is neither text nor group"};
            else if (value.contains("other")) {
                if (Status read = read_forms(value, key, texts[key]); !read) return read;
            } else if (Status read = read_object(value, key + ".", texts); !read)
                return read;
        }
        return done();
    }

    static Status read_forms(const json& object, const std::string& key, Words::Forms& forms) {
        for (const auto& [name, value] : object.items()) {
            const auto plural = plural_named(name);
            if (!plural || !value.is_string())
                return Error{ErrorCode::invalid, "text " + key + " has no plural form " + name};
            forms[*plural] = value.get<std::string>();
        }
        return done();
    }

    static Result<Words::Texts> read(std::string_view bytes) {
        const json parsed = json::parse(bytes, nullptr, /*allow_exceptions=*/false);
        if (!parsed.is_object())
            return Error{ErrorCode::invalid, "interface texts are not a JSON object"};
        Words::Texts texts;
        if (Status read = read_object(parsed, "", texts); !read) return std::move(read).error();
        return texts;
    }
};

Result<Words> Words::read(Language language, std::string_view json, std::string_view english) {
    auto fallback = WordsReader::read(english);
    if (!fallback) return std::move(fallback).error().during("en");
    auto texts = WordsReader::read(json);
    if (!texts) return std::move(texts).error().during(tag_of(language));
    Words words;
    words.language_ = language;
    words.texts_ = std::move(*texts);
    words.english_ = std::move(*fallback);
    return words;
}

const Words::Forms* Words::find(std::string_view key) const {
    if (auto found = texts_.find(key); found != texts_.end()) return &found->second;
    if (auto found = english_.find(key); found != english_.end()) return &found->second;
    return nullptr;
}

std::string_view Words::operator()(std::string_view key) const {
    const Forms* forms = find(key);
    return forms ? std::string_view{forms->rbegin()->second} : key;
}

std::string Words::operator()(std::string_view key, Args args) const {
    return filled((*this)(key), direction(),
                  [&](std::string_view name) { return value_of(name, args); });
}

std::string Words::count(std::string_view key, std::int64_t count, Args args) const {
    const Forms* forms = find(key);
    if (!forms) return std::string{key};
    // Plurals of a text taken from English follow the rules of English.
    const Language spoken = translated(key) ? language_ : Language::en;
    auto form = forms->find(plural_of(spoken, count));
    if (form == forms->end()) form = std::prev(forms->end());
    const std::string number = format_number(count, language_);
    return filled(form->second, direction(),
                  [&](std::string_view name) -> std::optional<std::string_view> {
                      if (name == "n") return number;
                      return value_of(name, args);
                  });
}

std::string Words::list(std::span<const std::string> pieces, std::string_view separator) const {
    std::string out;
    for (const std::string& piece : pieces) {
        if (&piece != &pieces.front()) out += (*this)(separator);
        append_value(out, piece, direction());
    }
    // What stands within isolates gives the list no direction (UAX #9, P2): a mark does.
    const bool marked = pieces.size() > 1 && direction() == Direction::right_to_left;
    return marked ? "\u200F" + out : out;
}

bool Words::has(std::string_view key) const {
    return find(key) != nullptr;
}

bool Words::translated(std::string_view key) const {
    return texts_.contains(key);
}

std::vector<std::string_view> Words::keys() const {
    std::vector<std::string_view> keys;
    for (const auto& [key, forms] : english_) keys.push_back(key);
    return keys;
}

}  // namespace bordereau::text
