#include "app/form/values/xml.h"

#include <algorithm>
#include <pugixml.hpp>
#include <string>
#include <vector>

#include "app/form/values/number.h"
#include "storage/base/text.h"

namespace bordereau::form {
namespace {

constexpr std::string_view kXmlUri = "http://www.w3.org/XML/1998/namespace";

struct QualifiedName {
    std::string_view prefix, local;
};

QualifiedName parts_of(std::string_view name) {
    const std::size_t colon = name.find(':');
    if (colon == std::string_view::npos) return {{}, name};
    return {name.substr(0, colon), name.substr(colon + 1)};
}

// The prefix that an attribute declares; the default namespace has the empty one.
std::optional<std::string_view> declared_prefix(std::string_view attribute) {
    if (!attribute.starts_with("xmlns")) return std::nullopt;
    if (attribute == "xmlns") return std::string_view{};
    if (attribute.starts_with("xmlns:")) return attribute.substr(6);
    return std::nullopt;
}

bool is_text(const pugi::xml_node& node) {
    return node.type() == pugi::node_pcdata || node.type() == pugi::node_cdata;
}

bool holds_only_text(const pugi::xml_node& node) {
    for (const pugi::xml_node& child : node.children())
        if (!is_text(child)) return false;
    return true;
}

// Text and CDATA sections side by side are one text (XPath 1.0, section 5.7), in forms at least.
std::string joined_text(const pugi::xml_node& node) {
    std::string text;
    for (const pugi::xml_node& child : node.children()) text += child.value();
    return text;
}

bool is_blank(const pugi::xml_node& node) {
    return is_text(node) && trimmed(node.value()).empty();
}

// Text with markup in it, where a blank between two <output/> is part of the sentence.
bool is_prose(const pugi::xml_node& node) {
    for (const pugi::xml_node& child : node.children())
        if ((is_text(child) && !is_blank(child)) || parts_of(child.name()).local == "output")
            return true;
    return false;
}

std::string too_many_nodes(const XmlLimits& limits) {
    return "there are more than " + grouped(limits.nodes) + " elements, texts and attributes";
}

// Copies pugixml's tree into ours with a stack of its own: documents may be deeper than ours.
class Builder {
public:
    Builder(const std::shared_ptr<Names>& names, const XmlOptions& options)
        : names_{*names}, options_{options}, tree_{names} {
        declared_.push_back({"xml", names_.intern_space("xml", kXmlUri)});
        first_spaces_ = names_.space_count();
    }

    Result<Tree> build(const pugi::xml_document& document, std::size_t expected_nodes) {
        tree_.reserve(expected_nodes);
        levels_.push_back({document.first_child(), Tree::document(), declared_.size(), false});
        while (!levels_.empty() && problem_.empty()) step();
        if (tree_.root() == kNoNode && problem_.empty()) problem_ = "there is no element";
        if (!problem_.empty()) return Error{ErrorCode::invalid, problem_};
        return std::move(tree_);
    }

private:
    struct Declaration {
        std::string_view prefix;
        Space space = 0;
    };
    struct Level {
        pugi::xml_node next;
        NodeIndex parent = kNoNode;
        std::size_t declared = 0;  // declarations in force outside
        bool keep_blanks = false;
    };

    void step() {
        Level& level = levels_.back();
        if (!level.next) {
            declared_.resize(level.declared);
            levels_.pop_back();
            return;
        }
        const pugi::xml_node node = level.next;
        level.next = node.next_sibling();
        if (!level.keep_blanks && is_blank(node)) return;
        if (tree_.node_count() >= options_.limits.nodes) problem_ = too_many_nodes(options_.limits);
        if (node.type() == pugi::node_element)
            add_element(node, level.parent);
        else
            add_other(node, level.parent);
    }

    void add_other(const pugi::xml_node& node, NodeIndex parent) {
        if (is_text(node) && parent != Tree::document()) add_text(node.value(), parent);
        if (node.type() == pugi::node_comment) tree_.append_comment(parent, node.value());
        if (node.type() == pugi::node_pi)
            tree_.append_instruction(parent, names_.intern(node.name()), node.value());
    }

    void add_text(const char* text, NodeIndex parent) {
        const NodeIndex last = tree_.last_child(parent);
        if (!options_.keep_everything && last != kNoNode && tree_.kind(last) == NodeKind::text)
            tree_.set_text(last, tree_.text(last) + text);
        else
            tree_.append_text(parent, text);
    }

    void add_element(const pugi::xml_node& node, NodeIndex parent) {
        const std::size_t outside = declared_.size();
        if (has_too_many_attributes(node)) return;
        for (auto own = node.first_attribute(); own; own = own.next_attribute()) declare(own);
        const QualifiedName name = parts_of(node.name());
        const NodeIndex made =
            tree_.append_element(parent, names_.intern(name.local), space_of(name.prefix));
        for (auto own = node.first_attribute(); own; own = own.next_attribute())
            add_attribute(own, made);
        const pugi::xml_node first = node.first_child();
        if (first && is_text(first) && !first.next_sibling()) {
            set_text(made, first.value());
            declared_.resize(outside);
        } else if (first && !options_.keep_everything && holds_only_text(node)) {
            set_text(made, joined_text(node));
            declared_.resize(outside);
        } else if (levels_.size() > options_.limits.depth) {
            problem_ = "elements are nested more than " + grouped(options_.limits.depth) + " deep";
        } else if (!first) {
            declared_.resize(outside);
        } else {
            levels_.push_back({first, made, outside, keeps_blanks(node)});
        }
    }

    void set_text(NodeIndex element, std::string_view text) {
        if (options_.keep_everything || !trimmed(text).empty()) tree_.set_text(element, text);
    }

    bool has_too_many_attributes(const pugi::xml_node& node) {
        std::size_t count = 0;
        for (auto own = node.first_attribute(); own; own = own.next_attribute()) ++count;
        if (count <= options_.limits.attributes) return false;
        problem_ =
            "an element has more than " + grouped(options_.limits.attributes) + " attributes";
        return true;
    }

    bool keeps_blanks(const pugi::xml_node& node) const {
        return (options_.keep_everything && options_.keep_layout) || is_prose(node);
    }

    void declare(const pugi::xml_attribute& attribute) {
        const auto prefix = declared_prefix(attribute.name());
        if (!prefix) return;
        const std::string_view uri = attribute.value();
        // Looked up one by one: a few are usual, thousands an attack.
        if (declared_.size() > options_.limits.namespaces ||
            names_.space_count() > first_spaces_ + options_.limits.namespaces)
            problem_ =
                "more than " + grouped(options_.limits.namespaces) + " namespaces are declared";
        declared_.push_back({*prefix, uri.empty() ? Space{0} : names_.intern_space(*prefix, uri)});
    }

    void add_attribute(const pugi::xml_attribute& attribute, NodeIndex element) {
        const QualifiedName name = parts_of(attribute.name());
        Space space = 0;
        if (declared_prefix(attribute.name())) {
            space = names_.intern_space(name.prefix, names_.declarations());
        } else if (!name.prefix.empty()) {
            space = space_of(name.prefix);
        }
        tree_.append_attribute(element, names_.intern(name.local), attribute.value(), space);
    }

    Space space_of(std::string_view prefix) {
        const auto found = std::find_if(
            declared_.rbegin(), declared_.rend(),
            [&](const Declaration& declaration) { return declaration.prefix == prefix; });
        if (found != declared_.rend()) return found->space;
        if (!prefix.empty())
            problem_ = "the prefix \"" + std::string{prefix} + "\" is not declared";
        return 0;
    }

    Names& names_;
    const XmlOptions& options_;
    Tree tree_;
    std::vector<Declaration> declared_;
    std::vector<Level> levels_;
    std::size_t first_spaces_ = 0;
    std::string problem_;
};

unsigned parsing_mode(const XmlOptions& options) {
    const unsigned always = pugi::parse_cdata | pugi::parse_escapes | pugi::parse_wconv_attribute |
                            pugi::parse_eol | pugi::parse_ws_pcdata;
    if (!options.keep_everything) return always;
    return always | pugi::parse_comments | pugi::parse_pi;
}

struct Marks {
    std::size_t tags = 0, equals = 0;
    bool beyond_ascii = false;
};

Marks marks_in(std::string_view xml) {
    Marks marks;
    unsigned char bits = 0;
    for (const char c : xml) {
        marks.tags += c == '<' ? 1 : 0;
        marks.equals += c == '=' ? 1 : 0;
        bits |= static_cast<unsigned char>(c);
    }
    marks.beyond_ascii = bits >= 0x80;
    return marks;
}

// A "<" for an element and one for its end, a "=" for an attribute: right for most documents, and
// never far too much.
std::size_t expected_nodes(const Marks& marks) {
    return marks.tags / 2 + std::min(marks.equals, 2 * marks.tags) + 2;
}

}  // namespace

Result<Tree> read_xml(std::string_view xml, const std::shared_ptr<Names>& names,
                      const XmlOptions& options) {
    if (xml.size() > options.limits.bytes)
        return Error{ErrorCode::invalid,
                     "it is larger than " + grouped(options.limits.bytes >> 20) + " MB"};
    const Marks marks = marks_in(xml);
    // Two "<" an element at most: what has too many is refused before anything is made of it.
    if (marks.tags / 2 > options.limits.nodes)
        return Error{ErrorCode::invalid, too_many_nodes(options.limits)};
    pugi::xml_document document;
    const pugi::xml_parse_result parsed =
        document.load_buffer(xml.data(), xml.size(), parsing_mode(options));
    if (!parsed)
        return Error{ErrorCode::invalid, std::string{parsed.description()} + " at byte " +
                                             std::to_string(parsed.offset)};
    if (parsed.encoding == pugi::encoding_utf8 && marks.beyond_ascii && !is_utf8(xml))
        return Error{ErrorCode::invalid, "its text is not UTF-8"};
    return Builder{names, options}.build(document,
                                         std::min(expected_nodes(marks), options.limits.nodes));
}

std::string_view namespace_at(const Tree& tree, NodeIndex node, std::string_view prefix) {
    for (; node != kNoNode; node = tree.parent(node))
        for (NodeIndex own = tree.first_attribute(node); own != kNoNode; own = tree.next(own)) {
            if (!tree.is_declaration(own)) continue;
            const bool is_default = tree.names().prefix(tree.space(own)).empty();
            if (prefix == (is_default ? std::string_view{} : tree.local_name(own)))
                return tree.text(own);
        }
    return {};
}

}  // namespace bordereau::form
