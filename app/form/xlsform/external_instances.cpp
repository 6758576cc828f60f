// Which files a form draws on: files of selects, csv-external, pulldata(), the last saved record.
#include <algorithm>
#include <array>

#include "app/form/xlsform/form_source.h"
#include "app/form/xlsform/question_types.h"
#include "app/form/xlsform/reference_syntax.h"
#include "storage/base/text.h"

namespace bordereau::form::xlsform {
namespace {

/// Expressions in which a client may need another file.
std::vector<std::string_view> expressions_of(const Element& element) {
    constexpr std::array kNames = std::to_array<std::string_view>(
        {"calculate", "constraint", "readonly", "required", "relevant"});
    std::vector<std::string_view> expressions;
    for (const auto name : kNames)
        if (element.bind.has(name)) expressions.push_back(element.bind.get(name));
    if (!element.choice_filter.empty()) expressions.push_back(element.choice_filter);
    if (!element.default_value.empty()) expressions.push_back(element.default_value);
    return expressions;
}

/// The first arguments of all pulldata() calls, without quotes.
std::vector<std::string> pulldata_files(std::string_view expression) {
    constexpr std::string_view kCall = "pulldata";
    std::vector<std::string> files;
    for (auto at = expression.find(kCall); at != std::string_view::npos;
         at = expression.find(kCall, at)) {
        at += kCall.size();
        const auto open = expression.find_first_not_of(" \n\t", at);
        if (open == std::string_view::npos || expression[open] != '(') continue;
        const auto comma = expression.find(',', open);
        if (comma == std::string_view::npos) continue;
        std::string file{trimmed(expression.substr(open + 1, comma - open - 1))};
        std::erase_if(file, [](char c) { return c == '\'' || c == '"'; });
        files.push_back(std::move(file));
    }
    return files;
}

class Collector {
public:
    explicit Collector(Findings& findings) : findings_(findings) {}

    void visit(const Element& element) {
        if (element.kind == ElementKind::external_instance) {
            const bool csv = element.type == "csv-external";
            declared_.push_back(element.name);
            add({element.name,
                 csv ? "jr://file-csv/" + element.name + ".csv"
                     : "jr://file/" + element.name + ".xml",
                 element.row});
            return;
        }
        for (const auto expression : expressions_of(element)) {
            for (const auto& file : pulldata_files(expression))
                add({file, "jr://file-csv/" + file + ".csv", element.row, false});
            last_saved_ = last_saved_ || has_last_saved_reference(expression);
        }
        const auto ending = external_file_ending(element.itemset);
        if (ending.empty()) return;
        add({element.itemset.substr(0, element.itemset.size() - ending.size()),
             (ending == ".csv" ? "jr://file-csv/" : "jr://file/") + element.itemset, element.row});
    }

    std::vector<ExternalInstance> take() {
        if (last_saved_) found_.push_back({"__last-saved", "jr://instance/last-saved", 0, false});
        return std::move(found_);
    }

private:
    void add(ExternalInstance instance) {
        const auto known = std::ranges::find(found_, instance.id, &ExternalInstance::id);
        if (known == found_.end()) {
            found_.push_back(std::move(instance));
            return;
        }
        known->attached = known->attached || instance.attached;
        if (known->source == instance.source && !declared_twice(instance)) return;
        findings_.error({"survey", instance.row, {}},
                        "The name " + quoted(instance.id) + " stands for a file twice: " +
                            known->source + " and " + instance.source + ".",
                        "Remove one of them, or rename one of the files.");
    }

    /// csv-external and xml-external rows must each name a file of their own.
    bool declared_twice(const ExternalInstance& instance) const {
        return std::ranges::count(declared_, instance.id) > 1;
    }

    Findings& findings_;
    std::vector<std::string> declared_;
    std::vector<ExternalInstance> found_;
    bool last_saved_ = false;
};

}  // namespace

std::vector<ExternalInstance> external_instances(const Element& survey, Findings& findings) {
    Collector collector{findings};
    walk(survey, [&](const Element& element) { collector.visit(element); });
    return collector.take();
}

bool uses_search(const Element& question) {
    const auto appearance = question.control.get("appearance");
    const auto call = appearance.find("search(");
    return call != std::string_view::npos && appearance.find(')', call) != std::string_view::npos;
}

}  // namespace bordereau::form::xlsform
