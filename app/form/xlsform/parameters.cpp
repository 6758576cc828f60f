#include "app/form/xlsform/parameters.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <initializer_list>
#include <optional>

#include "app/form/xlsform/columns.h"
#include "app/form/xlsform/range_parameters.h"
#include "app/form/xlsform/reference_syntax.h"
#include "storage/base/text.h"

namespace bordereau::form::xlsform {
namespace {

using Names = std::initializer_list<std::string_view>;

/// Names of files, lists, questions and programs keep their case; other values are keywords.
bool keeps_case(std::string_view key) {
    constexpr std::array kKeys = std::to_array<std::string_view>(
        {"app", "label", "value", "seed", "reference-geometry", "tick_labelset"});
    return std::ranges::find(kKeys, key) != kKeys.end();
}

std::optional<double> to_number(std::string_view text) {
    double number = 0;
    const auto* end = text.data() + text.size();
    const auto read = std::from_chars(text.data(), end, number);
    if (read.ec != std::errc{} || read.ptr != end) return std::nullopt;
    return number;
}

std::optional<long> to_integer(std::string_view text) {
    long number = 0;
    const auto* end = text.data() + text.size();
    const auto read = std::from_chars(text.data(), end, number);
    if (read.ec != std::errc{} || read.ptr != end) return std::nullopt;
    return number;
}

/// One element's parameters being checked and applied.
class Applier {
public:
    Applier(Element& element, Place place, Findings& findings)
        : element_(element), place_(std::move(place)), findings_(findings) {}

    std::string_view get(std::string_view key) const { return element_.parameters.get(key); }
    bool has(std::string_view key) const { return element_.parameters.has(key); }

    void allow(Names names) const {
        std::string known;
        for (const auto name : names) known += (known.empty() ? "" : ", ") + std::string{name};
        for (const auto& [key, value] : element_.parameters) {
            if (std::ranges::find(names, key) != names.end()) continue;
            fail("The parameter " + quoted(key) + " is unknown for this type of question.",
                 names.size() == 0 ? "Clear the parameters." : "Known are: " + known + ".");
        }
    }

    /// The value if it is one of these; says so if it is not.
    std::optional<std::string> one_of(std::string_view key, Names values) const {
        if (!has(key)) return std::nullopt;
        const auto value = get(key);
        if (std::ranges::find(values, value) != values.end()) return std::string{value};
        std::string choices;
        for (const auto each : values) choices += (choices.empty() ? "" : ", ") + std::string{each};
        fail("The parameter " + quoted(key) + " has the value " + quoted(value) + ".",
             "Use one of: " + choices + ".");
        return std::nullopt;
    }

    std::optional<std::string> integer(std::string_view key) const {
        if (!has(key)) return std::nullopt;
        if (to_integer(get(key))) return std::string{get(key)};
        fail("The parameter " + quoted(key) + " must be a whole number.",
             "Replace " + quoted(get(key)) + ".");
        return std::nullopt;
    }

    std::optional<std::string> number(std::string_view key) const {
        if (!has(key)) return std::nullopt;
        if (to_number(get(key))) return std::string{get(key)};
        fail("The parameter " + quoted(key) + " must be a number.",
             "Replace " + quoted(get(key)) + ".");
        return std::nullopt;
    }

    void bind(std::string_view attribute, const std::optional<std::string>& value) const {
        if (value) element_.bind.set(attribute, *value);
    }
    void control(std::string_view attribute, const std::optional<std::string>& value) const {
        if (value) element_.control.set(attribute, *value);
    }

    void fail(std::string message, std::string remedy) const {
        findings_.error(place_, std::move(message), std::move(remedy));
    }

    Element& element() const { return element_; }
    const Place& place() const { return place_; }

private:
    Element& element_;
    Place place_;
    Findings& findings_;
};

void apply_photo(const Applier& of, Findings& findings) {
    of.allow({"max-pixels", "app"});
    of.bind("orx:max-pixels", of.integer("max-pixels"));
    if (!of.has("max-pixels"))
        findings.warning(of.place(), "Photos are stored in full size.",
                         "Set the parameter max-pixels, for example max-pixels=1600.");
    const auto appearance = of.element().control.get("appearance");
    if (!of.has("app") || (!appearance.empty() && appearance != "annotate")) return;
    const auto app = of.get("app");
    const bool letters_only = std::ranges::all_of(app, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '.' || c == '_';
    });
    const bool package = letters_only && app.find('.') != std::string_view::npos &&
                         !app.starts_with('.') && !app.starts_with('_') && !app.ends_with('.');
    if (!package) {
        of.fail("The parameter 'app' is not the name of an Android package: " + quoted(app) + ".",
                "Use letters, digits and underscores with at least one period between them.");
        return;
    }
    of.control("intent", std::string{app});
}

/// Either points are added one by one, which must be said, or the person chooses.
void apply_incremental(const Applier& of) {
    if (!of.has("incremental")) return;
    if (yes_no(of.get("incremental")) == YesNo::yes)
        of.control("incremental", "true");
    else
        of.fail("The parameter 'incremental' has the value " + quoted(of.get("incremental")) + ".",
                "Write incremental=true, or leave the parameter out.");
}

void apply_geo(const Applier& of, bool point) {
    if (point) {
        of.allow(
            {"allow-mock-accuracy", "capture-accuracy", "warning-accuracy", "reference-geometry"});
        of.control("accuracyThreshold", of.number("capture-accuracy"));
        of.control("unacceptableAccuracyThreshold", of.number("warning-accuracy"));
    } else {
        of.allow({"allow-mock-accuracy", "incremental", "reference-geometry"});
        apply_incremental(of);
    }
    of.bind("odk:allow-mock-accuracy", of.one_of("allow-mock-accuracy", {"true", "false"}));
    if (of.has("reference-geometry")) of.element().itemset = of.get("reference-geometry");
}

/// The value as a number from 0 up, or nothing after saying what is wrong.
std::optional<long> natural(const Applier& of, std::string_view key) {
    const auto value = to_integer(of.get(key));
    if (value && *value >= 0) return value;
    of.fail("The parameter " + quoted(key) + " must be a whole number from 0 up.",
            "Replace " + quoted(of.get(key)) + ".");
    return std::nullopt;
}

void apply_audit_location(const Applier& of) {
    constexpr std::array kKeys = std::to_array<std::string_view>(
        {"location-max-age", "location-min-interval", "location-priority"});
    const auto given = std::ranges::count_if(kKeys, [&](auto key) { return of.has(key); });
    if (given == 0) return;
    if (given < std::ssize(kKeys)) {
        of.fail("Locations in the audit log need three parameters.",
                "Set location-priority, location-min-interval and location-max-age.");
        return;
    }
    of.one_of("location-priority", {"no-power", "low-power", "balanced", "high-accuracy"});
    const auto interval = natural(of, "location-min-interval");
    const auto age = natural(of, "location-max-age");
    if (interval && age && *age < *interval)
        of.fail("The parameter 'location-max-age' is smaller than 'location-min-interval'.",
                "Make it at least as large.");
    for (const auto key : kKeys) of.bind("odk:" + std::string{key}, std::string{of.get(key)});
}

}  // namespace

Attributes parse_parameters(std::string_view text, const Place& place, Findings& findings) {
    Attributes parameters;
    std::string spaced{text};
    std::ranges::replace_if(
        spaced, [](char c) { return c == ',' || c == ';'; }, ' ');
    // "key = value" is one parameter.
    for (auto at = spaced.find('='); at != std::string::npos; at = spaced.find('=', at + 1)) {
        while (at + 1 < spaced.size() && spaced[at + 1] == ' ') spaced.erase(at + 1, 1);
        while (at > 0 && spaced[at - 1] == ' ') spaced.erase(--at, 1);
    }
    for (const auto word : words_of(spaced)) {
        const auto equals = word.find('=');
        const bool whole = equals != std::string_view::npos && equals == word.rfind('=');
        if (!whole || equals == 0) {
            findings.error(place, "The parameters cannot be read at " + quoted(word) + ".",
                           "Write them as key1=value1 key2=value2.");
            return {};
        }
        const auto key = lower_ascii(word.substr(0, equals));
        const auto value = word.substr(equals + 1);
        parameters.set(key, keeps_case(key) ? std::string{value} : lower_ascii(value));
    }
    return parameters;
}

void apply_parameters(Element& question, const ChoiceLists& choices, const Place& place,
                      Findings& findings) {
    const Applier of{question, place, findings};
    const std::string_view type = question.type;
    if (type == "text") {
        of.allow({"rows"});
        of.control("rows", of.integer("rows"));
    } else if (type == "photo") {
        apply_photo(of, findings);
    } else if (type == "audio") {
        of.allow({"quality"});
        of.bind("odk:quality", of.one_of("quality", {"voice-only", "low", "normal", "external"}));
    } else if (type == "background-audio") {
        of.allow({"quality"});
        Action record{.element = "odk:recordaudio", .event = "odk-instance-load", .value = {}};
        if (const auto quality = of.one_of("quality", {"voice-only", "low", "normal"}))
            record.more.set("odk:quality", *quality);
        question.actions.push_back(std::move(record));
    } else if (type == "geopoint" || type == "geotrace" || type == "geoshape") {
        apply_geo(of, type == "geopoint");
    } else if (type == "range") {
        of.allow({"start", "end", "step", "tick_interval", "placeholder", "tick_labelset"});
        apply_range_parameters(question, choices, place, findings);
    }
}

void apply_select_parameters(Element& select, bool from_file, const Place& place,
                             Findings& findings) {
    const Applier of{select, place, findings};
    if (from_file) {
        of.allow({"randomize", "seed", "value", "label"});
    } else {
        of.allow({"randomize", "seed"});
    }
    of.one_of("randomize", {"true", "false"});
    if (of.has("seed") && !of.has("randomize"))
        of.fail("A seed is of no use without randomize=true.", "Add randomize=true.");
    if (of.has("seed") && !sole_reference(of.get("seed")) && !to_number(of.get("seed")))
        of.fail("The seed must be a number or a reference to a question.",
                "Replace " + quoted(of.get("seed")) + ".");
    for (const auto* key : {"value", "label"}) {
        if (of.has(key) && !is_xml_name(of.get(key)))
            of.fail("The parameter " + quoted(key) +
                        " is not the name of a column: " + quoted(of.get(key)) + ".",
                    "Names start with a letter or underscore and have no blanks.");
    }
}

void apply_audit_parameters(Element& audit, const Place& place, Findings& findings) {
    const Applier of{audit, place, findings};
    of.allow({"location-priority", "location-min-interval", "location-max-age", "track-changes",
              "identify-user", "track-changes-reasons"});
    of.bind("odk:track-changes", of.one_of("track-changes", {"true", "false"}));
    of.bind("odk:track-changes-reasons", of.one_of("track-changes-reasons", {"on-form-edit"}));
    of.bind("odk:identify-user", of.one_of("identify-user", {"true", "false"}));
    apply_audit_location(of);
}

}  // namespace bordereau::form::xlsform
