// The record as servers take it.
#include <set>

#include "app/form/session/state.h"
#include "storage/base/text.h"

namespace bordereau::form {
namespace {

/// Line ends as references where readers would take them for something else: carriage returns
/// anywhere, all white space in attributes (XML 1.0, 2.11 and 3.3.3).
std::string escaped(std::string_view text, bool in_attribute) {
    std::string out;
    const std::string_view special = in_attribute ? "\t\n\r" : "\r";
    for (std::size_t start = 0; start <= text.size();) {
        const auto end = text.find_first_of(special, start);
        out += escape_markup(text.substr(start, end - start));
        if (end == std::string_view::npos) break;
        out += text[end] == '\n' ? "&#10;" : text[end] == '\r' ? "&#13;" : "&#9;";
        start = end + 1;
    }
    return out;
}

/// Writes the relevant nodes beneath one in document order.
class RecordWriter {
public:
    RecordWriter(const Definition& form, const Tree& tree) : form_(form), tree_(tree) {}

    std::string write(NodeIndex root) {
        collect_prefixes(root);
        write_element(root, true);
        return std::move(xml_);
    }

private:
    void collect_prefixes(NodeIndex node) {
        if (!tree_.relevant(node)) return;
        use(tree_.space(node));
        for (auto at = tree_.first_attribute(node); at != kNoNode; at = tree_.next(at))
            use(tree_.space(at));
        for (auto at = tree_.first_child(node); at != kNoNode; at = tree_.next(at))
            collect_prefixes(at);
    }

    void use(Space space) {
        const auto& prefix = tree_.names().prefix(space);
        if (!prefix.empty()) used_.emplace(prefix, tree_.names().uri(space));
    }

    void write_attribute(std::string_view name, std::string_view value) {
        xml_ += ' ';
        xml_ += name;
        xml_ += "=\"";
        xml_ += escaped(value, true);
        xml_ += '"';
    }

    /// Those of the record as the form declares them, then those that parts of it need.
    void write_declarations() {
        std::set<std::string> declared;
        for (std::size_t at = 0; at < form_.own_namespaces; ++at) {
            const auto& [prefix, uri] = form_.namespaces[at];
            write_attribute(prefix.empty() ? "xmlns" : "xmlns:" + prefix, uri);
            declared.insert(prefix);
        }
        for (const auto& [prefix, uri] : used_)
            if (declared.insert(prefix).second) write_attribute("xmlns:" + prefix, uri);
    }

    void write_element(NodeIndex node, bool is_root) {
        if (!tree_.relevant(node)) return;
        const auto name = tree_.qualified_name(node);
        xml_ += '<' + name;
        if (is_root) write_declarations();
        for (auto at = tree_.first_attribute(node); at != kNoNode; at = tree_.next(at))
            if (tree_.relevant(at)) write_attribute(tree_.qualified_name(at), tree_.text(at));
        const auto first = tree_.first_child(node);
        if (first == kNoNode && tree_.text(node).empty()) {
            xml_ += "/>";
            return;
        }
        xml_ += '>';
        if (first == kNoNode) xml_ += escaped(tree_.text(node), false);
        for (auto at = first; at != kNoNode; at = tree_.next(at)) write_element(at, false);
        xml_ += "</" + name + '>';
    }

    const Definition& form_;
    const Tree& tree_;
    std::set<std::pair<std::string, std::string>> used_;
    std::string xml_;
};

}  // namespace

std::string Session::submission_xml() const {
    return RecordWriter{state_->def, state_->tree}.write(state_->tree.root());
}

}  // namespace bordereau::form
