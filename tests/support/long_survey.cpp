#include "tests/support/long_survey.h"

#include <array>
#include <string_view>

namespace bordereau::test {
namespace {

constexpr int kPerModule = 25;

constexpr std::string_view kHead =
    "| survey |\n"
    "| | type | name | label::English (en) | label::French (fr) | label::Arabic (ar) | "
    "relevant | constraint | constraint_message::English (en) | "
    "constraint_message::French (fr) | constraint_message::Arabic (ar) | required | "
    "calculation | choice_filter |\n"
    "| | start | start | | | | | | | | | | | |\n"
    "| | select_one yn | consent | Do you agree? | Êtes-vous d'accord ? | هل توافق؟ | | | | | | "
    "yes | | |\n"
    "| | select_one region | region | Region | Région | المنطقة | | | | | | | | |\n"
    "| | select_one place | place | Place | Lieu | المكان | | | | | | | | region = ${region} |\n"
    "| | integer | age | Age in years | Âge en années | العمر بالسنوات | | . >= 0 and . < 130 | "
    "Between 0 and 129 | Entre 0 et 129 | بين 0 و129 | yes | | |\n"
    "| | calculate | adult | | | | | | | | | | if(${age} > 17, 1, 0) | |\n";

constexpr std::string_view kLists =
    "| choices |\n"
    "| | list_name | name | label::English (en) | label::French (fr) | label::Arabic (ar) | "
    "region |\n"
    "| | yn | yes | Yes | Oui | نعم | |\n| | yn | no | No | Non | لا | |\n"
    "| | yn | dk | Does not know | Ne sait pas | لا يعرف | |\n"
    "| | yn | ref | Refused | Refuse | رفض | |\n";

/// A row of the survey sheet; `text` stands in all languages.
std::string row(std::string_view type, const std::string& name, const std::string& text,
                const std::string& relevant, std::string_view constraint = {},
                const std::string& calculation = {}) {
    const std::string message = constraint.empty() ? "" : "Not possible";
    std::string out = "| | " + std::string{type} + " | " + name;
    for (const std::string_view language : {"", " (fr)", " (ar)"})
        out += " | " + (text.empty() ? "" : text + std::string{language});
    out += " | " + relevant + " | " + std::string{constraint};
    for (int language = 0; language < 3; ++language) out += " | " + message;
    return out + " | | " + calculation + " | |\n";
}

struct Kind {
    std::string_view type, constraint;
};

/// The first opens the others.
constexpr std::array kKinds = std::to_array<Kind>({{"select_one yn", ""},
                                                   {"integer", ". >= 0 and . <= 365"},
                                                   {"select_multiple sign", ""},
                                                   {"text", ""},
                                                   {"date", ". <= today()"}});

std::string module_of(int module, int questions) {
    const auto prefix = "m" + std::to_string(module);
    auto out = row("begin_group", prefix, "Module " + std::to_string(module), "${consent} = 'yes'");
    out += row("begin_group", prefix + "_in", "Part", module % 2 == 0 ? "${adult} = 1" : "");
    std::string opener, sum = "0";
    for (int at = 0; at < questions; ++at) {
        const auto& kind = kKinds.at(static_cast<std::size_t>(at) % kKinds.size());
        const auto name = prefix + "_q" + std::to_string(at + 1);
        const bool opens = &kind == kKinds.data();
        out += row(kind.type, name, "Question " + std::to_string(at + 1) + " on ${age}",
                   opens ? "" : "${" + opener + "} = 'yes'", kind.constraint);
        if (!opens) continue;
        opener = name;
        sum += " + if(${" + name + "} = 'yes', 1, 0)";
    }
    out += row("calculate", prefix + "_score", "", "", {}, sum);
    return out + row("end_group", "", "", "") + row("end_group", "", "", "");
}

std::string choice(const std::string& list, const std::string& name, const std::string& label,
                   const std::string& region) {
    std::string out = "| | " + list + " | " + name;
    for (const std::string_view language : {"", " (fr)", " (ar)"})
        out += " | " + label + std::string{language};
    return out + " | " + region + " |\n";
}

std::string lists() {
    std::string out{kLists};
    for (int at = 1; at <= 30; ++at)
        out += choice("sign", "s" + std::to_string(at), "Sign " + std::to_string(at), "");
    for (int region = 1; region <= 20; ++region) {
        const auto name = "r" + std::to_string(region);
        out += choice("region", name, "Region " + std::to_string(region), "");
        for (int at = 1; at <= 20; ++at)
            out += choice("place", name + "p" + std::to_string(at), "Place " + std::to_string(at),
                          name);
    }
    return out;
}

}  // namespace

std::string long_survey(int questions) {
    std::string out{kHead};
    for (int module = 1; questions > 0; ++module, questions -= kPerModule)
        out += module_of(module, questions < kPerModule ? questions : kPerModule);
    return out + lists() +
           "| settings |\n| | form_id | version | default_language |\n"
           "| | long_survey | 1 | English (en) |\n";
}

}  // namespace bordereau::test
