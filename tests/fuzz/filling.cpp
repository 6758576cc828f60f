#include "tests/fuzz/filling.h"

#include <algorithm>
#include <array>

#include "storage/base/check.h"

namespace bordereau::form::fuzz {
namespace {

constexpr std::size_t kMostElements = 60;
constexpr std::array kAnswers{"1", "2024-02-29", "a b", "0.5 0.5 0 0", "x<&>\"'", "", "10:20"};

void read(const Session& session, const Element& element) {
    session.label(element);
    session.hint(element);
    session.guidance(element);
    session.appearance(element);
    session.message(element.node);
    session.find(session.xpath(element.node));
    session.find_key_path(session.key_path(element.node));
}

void answer(Session& session, const Element& element, std::size_t turn) {
    const auto& choices = session.choices(element);
    const std::string text =
        choices.empty() ? std::string{kAnswers[turn % kAnswers.size()]} : choices.front().value;
    session.answer(element.node, text);
}

void act(Session& session, const Element& element, std::size_t turn) {
    if (element.kind == ElementKind::question) answer(session, element, turn);
    if (element.kind == ElementKind::repeat && element.can_add) session.add_repeat(element.node);
    if (element.kind == ElementKind::repeat_instance && element.can_remove && element.position > 1)
        session.remove_repeat(element.node);
}

}  // namespace

Environment environment() {
    Environment environment;
    environment.clock = fixed_clock(1'772'889'909'250, 60);
    environment.entropy = seeded_entropy(1);
    environment.property = [](std::string_view name) { return std::string{name}; };
    environment.digest = [](std::string_view, std::string_view) {
        return std::optional<std::string>{"0123456789abcdef"};
    };
    environment.verify = [](std::string_view, std::string_view, std::string_view) { return true; };
    return environment;
}

void fill(Session& session) {
    for (std::size_t round = 0; round < 2; ++round) {
        std::vector<Element> elements = session.elements();
        elements.resize(std::min(elements.size(), kMostElements));
        for (std::size_t at = 0; at < elements.size(); ++at) {
            read(session, elements[at]);
            act(session, elements[at], at + round);
        }
    }
    const auto languages = session.form().languages();
    for (const auto& language : languages) session.set_language(language);
    session.problems();
    session.failures();
    session.leaves();
    session.take_entries();
    session.finalize();
}

void check_round_trip(const Session& session) {
    const std::string record = session.submission_xml();
    auto form = std::make_shared<const Form>(session.form());
    const auto again = Session::load_instance(std::move(form), record, environment());
    check(again.ok(), "a record of our own cannot be read: ");
    again->submission_xml();
}

}  // namespace bordereau::form::fuzz
