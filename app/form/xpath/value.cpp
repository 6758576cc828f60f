#include "app/form/xpath/value.h"

#include <algorithm>
#include <cmath>

#include "app/form/values/days.h"
#include "app/form/values/number.h"

namespace bordereau::form {
namespace {

constexpr double kNotANumber = std::numeric_limits<double>::quiet_NaN();

double text_to_number(std::string_view text, const Clock& clock) {
    const double number = to_number(text);
    if (!std::isnan(number)) return number;
    const auto moment = parse_moment(text, clock);
    return moment ? day_number(*moment, clock) : kNotANumber;
}

std::string first_text(const NodeSet& nodes) {
    if (nodes.empty()) return {};
    std::string scratch;
    return std::string{nodes[0].tree->string_value(nodes[0].index, scratch)};
}

// A midnight is written as its day, as Enketo does (JavaRosa writes no time at all).
std::string moment_text(const Moment& moment) {
    constexpr Millis kDay = 86'400'000;
    return moment.local % kDay == 0 ? to_text(moment.date()) : to_text(moment);
}

std::string stored_number(double number, std::string_view data_type) {
    // Calculations carry the noise of binary fractions; JavaRosa takes such results as integral.
    constexpr double kNoise = 1e-9;
    if (std::isnan(number)) return {};
    if (data_type == "int" || data_type == "long")
        number = std::trunc(number + std::copysign(kNoise, number));
    else if (std::fabs(number - std::round(number)) < kNoise)
        number = std::round(number);
    return number_text(number);
}

std::string stored_moment(Moment moment, std::string_view data_type) {
    if (data_type == "date") moment.has_time = false;
    if (data_type == "dateTime" || data_type == "time") moment.has_time = true;
    const std::string text = to_text(moment);
    return data_type == "time" ? text.substr(text.find('T') + 1) : text;
}

}  // namespace

void NodeSet::add(NodeRef node) {
    if (empty()) {
        one_ = node;
        has_one_ = true;
        return;
    }
    if (many_.empty()) many_.push_back(one_);
    many_.push_back(node);
}

void NodeSet::clear() {
    has_one_ = false;
    many_.clear();
}

void NodeSet::sort() {
    if (many_.empty()) return;
    std::vector<const Tree*> trees;
    for (const NodeRef& node : many_)
        if (std::ranges::find(trees, node.tree) == trees.end()) trees.push_back(node.tree);
    const auto before = [&trees](const NodeRef& a, const NodeRef& b) {
        if (a.tree == b.tree) return a.tree->precedes(a.index, b.index);
        return std::ranges::find(trees, a.tree) < std::ranges::find(trees, b.tree);
    };
    if (!std::ranges::is_sorted(many_, before)) std::ranges::sort(many_, before);
    many_.erase(std::unique(many_.begin(), many_.end()), many_.end());
    if (many_.size() > 1) return;
    one_ = many_[0];
    has_one_ = true;
    many_.clear();
}

std::vector<NodeRef> NodeSet::take() && {
    if (many_.empty() && has_one_) return {one_};
    return std::move(many_);
}

NodeSet NodeSet::of(std::vector<NodeRef> nodes) {
    NodeSet set;
    if (nodes.size() == 1) return NodeSet{nodes[0]};
    set.many_ = std::move(nodes);
    return set;
}

std::string to_string(const Value& value) {
    struct {
        std::string operator()(const std::string& text) const { return text; }
        std::string operator()(double number) const { return number_text(number); }
        std::string operator()(bool truth) const { return truth ? "true" : "false"; }
        std::string operator()(const Moment& moment) const { return moment_text(moment); }
        std::string operator()(const NodeSet& nodes) const { return first_text(nodes); }
    } visitor;
    return std::visit(visitor, value);
}

bool to_boolean(const Value& value) {
    struct {
        bool operator()(const std::string& text) const { return !text.empty(); }
        bool operator()(double number) const { return number != 0 && !std::isnan(number); }
        bool operator()(bool truth) const { return truth; }
        bool operator()(const Moment&) const { return true; }
        bool operator()(const NodeSet& nodes) const { return !nodes.empty(); }
    } visitor;
    return std::visit(visitor, value);
}

double to_number(const Value& value, const Clock& clock) {
    if (const auto* number = std::get_if<double>(&value)) return *number;
    if (const auto* truth = std::get_if<bool>(&value)) return *truth ? 1 : 0;
    if (const auto* moment = std::get_if<Moment>(&value)) return day_number(*moment, clock);
    if (const auto* text = std::get_if<std::string>(&value)) return text_to_number(*text, clock);
    const auto& nodes = std::get<NodeSet>(value);
    if (nodes.empty()) return kNotANumber;
    std::string scratch;
    return text_to_number(nodes[0].tree->string_value(nodes[0].index, scratch), clock);
}

// ODK XForms, "XPath Functions": results are stored as by string(), so a boolean as "true" or
// "false". JavaRosa stores "1" or "0"; a form that relies on it would fail in the other engines.
std::string stored_text(const Value& value, std::string_view data_type, const Clock& clock) {
    if (const auto* number = std::get_if<double>(&value)) return stored_number(*number, data_type);
    if (const auto* moment = std::get_if<Moment>(&value)) return stored_moment(*moment, data_type);
    std::string text = to_string(value);
    if (text == "NaN") return {};
    if (data_type == "int" || data_type == "long" || data_type == "decimal") {
        const double number = to_number(text);
        return std::isnan(number) ? text : stored_number(number, data_type);
    }
    if (data_type == "date" || data_type == "dateTime")
        if (const auto moment = parse_moment(text, clock)) return stored_moment(*moment, data_type);
    if (data_type == "time")
        if (const auto time = parse_time_of_day(text)) return to_text(*time, clock);
    return text;
}

}  // namespace bordereau::form
