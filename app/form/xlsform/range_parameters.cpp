#include "app/form/xlsform/range_parameters.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>
#include <vector>

namespace bordereau::form::xlsform {
namespace {

constexpr double kTolerance = 1e-9;

std::optional<double> to_number(std::string_view text) {
    if (text.starts_with('+')) text.remove_prefix(1);
    double number = 0;
    const auto* end = text.data() + text.size();
    const auto read = std::from_chars(text.data(), end, number);
    if (read.ec != std::errc{} || read.ptr != end || !std::isfinite(number)) return std::nullopt;
    return number;
}

bool is_multiple(double value, double of) {
    const double times = value / of;
    return std::abs(times - std::round(times)) < kTolerance;
}

class RangeCheck {
public:
    RangeCheck(Element& range, const ChoiceLists& choices, Place place, Findings& findings)
        : range_(range), choices_(choices), place_(std::move(place)), findings_(findings) {}

    void run() {
        check_appearance();
        const auto start = number("start", "1");
        const auto end = number("end", "10");
        const auto step = number("step", "1");
        const auto interval = number("tick_interval", {});
        const auto placeholder = number("placeholder", {});
        if (failed_) return;
        start_ = *start;
        end_ = *end;
        check_distance("step", *step);
        if (interval) check_distance("tick_interval", *interval);
        if (failed_) return;
        if (interval && !is_multiple(*interval, *step)) not_a_multiple("tick_interval");
        if (placeholder && !is_multiple(*placeholder - start_, *step))
            not_a_multiple("placeholder");
        if (placeholder && !within(*placeholder))
            fail("The placeholder lies outside the range.", "Choose one between start and end.");
        check_labels(interval.value_or(*step), *step);
        const auto values = {start, end, step, interval, placeholder};
        const bool decimal = std::ranges::any_of(
            values, [](const auto& value) { return value && !is_multiple(*value, 1); });
        if (decimal) range_.bind.set("type", "decimal");
        write();
    }

private:
    void fail(std::string message, std::string remedy) {
        failed_ = true;
        findings_.error(place_, std::move(message), std::move(remedy));
    }

    void not_a_multiple(std::string_view name) {
        fail("The parameter " + quoted(name) + " is not a multiple of 'step'.",
             "Choose a multiple of the step, counted from the start.");
    }

    bool within(double value) const {
        return value >= std::min(start_, end_) - kTolerance &&
               value <= std::max(start_, end_) + kTolerance;
    }

    void check_appearance() {
        const auto appearance = range_.control.get("appearance");
        const auto& parameters = range_.parameters;
        const bool ticks = parameters.has("tick_interval") || parameters.has("placeholder") ||
                           parameters.has("tick_labelset");
        const bool fits = appearance.empty() ||
                          appearance.find("vertical") != std::string_view::npos ||
                          appearance.find("no-ticks") != std::string_view::npos;
        if (ticks && !fits)
            fail("tick_interval, placeholder and tick_labelset do not go with the appearance " +
                     quoted(appearance) + ".",
                 "Use vertical, no-ticks or no appearance.");
    }

    std::optional<double> number(std::string_view name, std::string_view otherwise) {
        if (!range_.parameters.has(name)) {
            if (otherwise.empty()) return std::nullopt;
            range_.parameters.set(name, std::string{otherwise});
        }
        const auto value = to_number(range_.parameters.get(name));
        if (!value)
            fail("The parameter " + quoted(name) + " must be a number.",
                 "Replace " + quoted(range_.parameters.get(name)) + ".");
        return value;
    }

    void check_distance(std::string_view name, double value) {
        if (value == 0)
            fail("The parameter " + quoted(name) + " must not be 0.", "Choose another number.");
        else if (value > std::abs(end_ - start_) + kTolerance)
            fail("The parameter " + quoted(name) + " is larger than the range.",
                 "Choose a smaller one.");
    }

    void check_labels(double interval, double step) {
        const auto name = range_.parameters.get("tick_labelset");
        if (name.empty()) return;
        const auto* list = choices_.find(name);
        if (!list) {
            fail("There is no list " + quoted(name) + " for the labels of the ticks.",
                 "Use a list_name of the choices sheet.");
            return;
        }
        std::vector<double> values;
        for (const auto& choice : list->choices) check_label(choice, {interval, step}, values);
        const bool no_ticks =
            range_.control.get("appearance").find("no-ticks") != std::string_view::npos;
        if (no_ticks) check_ends_only(values);
        range_.itemset = name;
    }

    struct Steps {
        double interval, step;
    };

    void check_label(const Choice& choice, Steps steps, std::vector<double>& values) {
        const auto value = to_number(choice.name);
        if (!value) {
            fail("The choice " + quoted(choice.name) + " cannot label a tick.",
                 "Names of these choices must be numbers.");
            return;
        }
        if (!within(*value))
            fail("The choice " + quoted(choice.name) + " lies outside the range.",
                 "Remove it, or widen the range.");
        if (!is_multiple(*value - start_, steps.interval) ||
            !is_multiple(*value - start_, steps.step))
            fail("The choice " + quoted(choice.name) + " lies between two ticks.",
                 "Use the start plus a multiple of the interval.");
        if (std::ranges::find(values, *value) == values.end()) values.push_back(*value);
    }

    void check_ends_only(std::vector<double> values) {
        std::vector<double> ends{std::min(start_, end_), std::max(start_, end_)};
        std::ranges::sort(values);
        if (values != ends)
            fail("Without ticks only the start and the end can have labels.",
                 "Keep these two choices.");
    }

    void write() {
        for (const auto* name : {"start", "end", "step"})
            range_.control.set(name, std::string{range_.parameters.get(name)});
        if (range_.parameters.has("tick_interval"))
            range_.control.set("odk:tick-interval",
                               std::string{range_.parameters.get("tick_interval")});
        if (range_.parameters.has("placeholder"))
            range_.control.set("odk:placeholder",
                               std::string{range_.parameters.get("placeholder")});
    }

    Element& range_;
    const ChoiceLists& choices_;
    Place place_;
    Findings& findings_;
    bool failed_ = false;
    double start_ = 0, end_ = 0;
};

}  // namespace

void apply_range_parameters(Element& range, const ChoiceLists& choices, const Place& place,
                            Findings& findings) {
    RangeCheck{range, choices, place, findings}.run();
}

}  // namespace bordereau::form::xlsform
