#include "app/audit/record.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "storage/base/text.h"

namespace bordereau::audit {
namespace {

template <class Number>
std::optional<Number> parsed(std::string_view text) {
    Number number{};
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (text.empty() || failed != std::errc{} || end != text.data() + text.size()) return {};
    return number;
}

std::string_view last_segment(std::string_view path) {
    const auto slash = path.rfind('/');
    return slash == path.npos ? path : path.substr(slash + 1);
}

/// "/form/group/rep[2]" of a path inside a repeat; empty outside.
std::string_view instance_of(std::string_view path) {
    const auto bracket = path.rfind(']');
    return bracket == path.npos ? std::string_view{} : path.substr(0, bracket + 1);
}

std::string_view repeat_name(std::string_view instance) {
    const std::string_view segment = last_segment(instance);
    return segment.substr(0, segment.find('['));
}

void fill(std::string& field, const Answers& answers, std::initializer_list<const char*> names) {
    for (const char* name : names)
        if (field.empty()) field = answers.value(name);
}

void fill(std::optional<Date>& field, const Answers& answers,
          std::initializer_list<const char*> names) {
    for (const char* name : names)
        if (!field) field = answers.date(name);
}

void complete(Header& header, const Answers& answers) {
    fill(header.code, answers, {"a_code"});
    fill(header.country, answers, {"a_country", "t_country"});
    fill(header.agency, answers, {"a_agency", "t_agency"});
    fill(header.unit, answers, {"a_unit", "w_unit"});
    fill(header.first_day, answers, {"a_date_start", "w_date", "t_start"});
    fill(header.last_day, answers, {"a_date_end", "w_date", "t_end"});
}

}  // namespace

bool Answers::asked(std::string_view name) const {
    return values.find(name) != values.end();
}

std::string_view Answers::value(std::string_view name) const {
    const auto found = values.find(name);
    return found == values.end() ? std::string_view{} : std::string_view{found->second};
}

std::optional<std::int64_t> Answers::count(std::string_view name) const {
    const auto whole = parsed<std::int64_t>(value(name));
    return whole && *whole >= 0 ? whole : std::nullopt;
}

std::optional<double> Answers::number(std::string_view name) const {
    return parsed<double>(value(name));
}

std::optional<Date> Answers::date(std::string_view name) const {
    return parse_date(value(name));
}

std::vector<std::string_view> Answers::choices(std::string_view name) const {
    return words_of(value(name));
}

bool Answers::selected(std::string_view name, std::string_view choice) const {
    const auto chosen = choices(name);
    return std::ranges::find(chosen, choice) != chosen.end();
}

std::span<const Answers> Record::rows(std::string_view repeat) const {
    const auto found = repeats.find(repeat);
    if (found == repeats.end()) return {};
    return found->second;
}

Record record_from(Header header, std::span<const Leaf> leaves) {
    Record record{std::move(header), {}, {}, {}};
    std::map<std::string_view, std::size_t> places;  // of an instance among its repeat's rows
    for (const Leaf& leaf : leaves) {
        if (!leaf.relevant) continue;
        Answers* answers = &record.answers;
        if (const auto instance = instance_of(leaf.xpath); !instance.empty()) {
            auto& repeat = record.repeats[std::string{repeat_name(instance)}];
            const auto [place, first] = places.try_emplace(instance, repeat.size());
            if (first) repeat.emplace_back();
            answers = &repeat[place->second];
        }
        answers->values.insert_or_assign(std::string{last_segment(leaf.xpath)},
                                         std::string{leaf.value});
    }
    complete(record.header, record.answers);
    return record;
}

const std::string& name_or_code(const std::string& name, const std::string& code) {
    return name.empty() ? code : name;
}

}  // namespace bordereau::audit
