#include "tests/form/xpath/documents.h"

#include <openssl/evp.h>

#include <array>
#include <catch2/catch_test_macros.hpp>

#include "app/form/values/xml.h"
#include "storage/base/uuid.h"

namespace bordereau::form::test {
namespace {

Tree read(std::string_view xml, const std::shared_ptr<Names>& names, bool keep_everything) {
    const std::size_t begin = xml.find('<');
    Result<Tree> tree = read_xml(xml.substr(begin), names, {keep_everything, {}});
    if (!tree) FAIL(tree.error().detail << "\n" << xml);
    return std::move(tree).value();
}

std::string step_name(const Tree& tree, NodeIndex node) {
    switch (tree.kind(node)) {
        case NodeKind::text: return "text()";
        case NodeKind::comment: return "comment()";
        case NodeKind::instruction: return "processing-instruction()";
        default: return tree.qualified_name(node);
    }
}

std::optional<std::string> openssl_digest(std::string_view algorithm, std::string_view bytes) {
    std::string name{algorithm};
    std::erase(name, '-');
    const EVP_MD* const method = EVP_get_digestbyname(name.c_str());
    if (method == nullptr) return std::nullopt;
    std::array<unsigned char, EVP_MAX_MD_SIZE> out{};
    unsigned size = 0;
    EVP_Digest(bytes.data(), bytes.size(), out.data(), &size, method, nullptr);
    return std::string{reinterpret_cast<const char*>(out.data()), size};
}

bool openssl_verify(std::string_view signature, std::string_view message,
                    std::string_view public_key) {
    const auto bytes = [](std::string_view text) {
        return reinterpret_cast<const unsigned char*>(text.data());
    };
    const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key{
        EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, bytes(public_key),
                                    public_key.size()),
        EVP_PKEY_free};
    const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context{EVP_MD_CTX_new(),
                                                                          EVP_MD_CTX_free};
    return key && EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, key.get()) == 1 &&
           EVP_DigestVerify(context.get(), bytes(signature), signature.size(), bytes(message),
                            message.size()) == 1;
}

std::string_view attribute(const Tree& tree, NodeIndex node, std::string_view name) {
    for (NodeIndex own = tree.first_attribute(node); own != kNoNode; own = tree.next(own))
        if (tree.local_name(own) == name) return tree.text(own);
    return {};
}

// The first element of that name, anywhere, whose `key` attribute is `value`.
NodeIndex find(const Tree& tree, NodeIndex from, std::string_view name, std::string_view key,
               std::string_view value) {
    for (NodeIndex child = tree.first_child(from); child != kNoNode; child = tree.next(child)) {
        if (tree.kind(child) != NodeKind::element) continue;
        if (tree.local_name(child) == name && (key.empty() || attribute(tree, child, key) == value))
            return child;
        if (const NodeIndex below = find(tree, child, name, key, value); below != kNoNode)
            return below;
    }
    return kNoNode;
}

std::vector<std::string> sections_of(std::string_view xml) {
    constexpr std::string_view kBegin = "<![CDATA[", kEnd = "]]>";
    std::vector<std::string> out;
    for (std::size_t at = xml.find(kBegin); at != xml.npos; at = xml.find(kBegin, at + 1)) {
        const std::size_t text = at + kBegin.size();
        out.emplace_back(xml.substr(text, xml.find(kEnd, text) - text));
    }
    return out;
}

}  // namespace

TestDocument::TestDocument(std::string_view xml, const std::shared_ptr<Names>& names,
                           bool keep_everything)
    : tree_{read(xml, names, keep_everything)}, sections_{sections_of(xml)} {
    enter("/", Tree::document());
    list(Tree::document(), "");
}

void TestDocument::enter(const std::string& path, NodeIndex node) {
    by_path_.emplace(path, node);
    paths_.emplace(node, path);
}

void TestDocument::list(NodeIndex node, const std::string& path) {
    if (!path.empty()) enter(path, node);
    for (NodeIndex own = tree_.first_attribute(node); own != kNoNode; own = tree_.next(own))
        enter(path + "/@" + tree_.qualified_name(own), own);
    if (tree_.kind(node) == NodeKind::element && tree_.is_leaf(node) && !tree_.text(node).empty())
        enter(path + "/text()[1]", node | kTextOf);
    std::map<std::string, int> seen;
    for (NodeIndex child = tree_.first_child(node); child != kNoNode; child = tree_.next(child)) {
        const std::string name = step_name(tree_, child);
        const std::string counted = is_section(child) ? "a section" : name;
        list(child, path + "/" + name + "[" + std::to_string(++seen[counted]) + "]");
    }
}

// The recorders number CDATA sections by themselves, though they call them text too.
bool TestDocument::is_section(NodeIndex node) {
    if (tree_.kind(node) != NodeKind::text || sections_.empty()) return false;
    if (tree_.text(node) != sections_.front()) return false;
    sections_.erase(sections_.begin());
    return true;
}

NodeRef TestDocument::at(const std::string& path) const {
    const auto found = by_path_.find(path.empty() ? "/" : path);
    if (found == by_path_.end()) return {};
    return {&tree_, found->second};
}

std::vector<NodeIndex> TestDocument::nodes() const {
    std::vector<NodeIndex> out;
    for (const auto& [node, path] : paths_) out.push_back(node);
    return out;
}

std::string TestDocument::path_of(NodeRef node) const {
    const auto found = paths_.find(node.index);
    return node.tree == &tree_ && found != paths_.end() ? found->second : "?";
}

std::vector<NamespacePrefix> prefixes_of(const TestDocument& document) {
    const Tree& tree = document.tree();
    std::vector<NamespacePrefix> out;
    for (const NodeIndex node : document.nodes())
        if ((node & kTextOf) == 0 && tree.is_declaration(node) &&
            !tree.names().prefix(tree.space(node)).empty())
            out.push_back({std::string{tree.local_name(node)}, tree.text(node)});
    return out;
}

Services services_over(const TestDocument& document, const Clock& clock,
                       const std::string& language) {
    Services services;
    services.clock = clock;
    services.entropy = seeded_entropy(7);
    services.digest = openssl_digest;
    services.verify = openssl_verify;
    services.instance = [&document](std::string_view id) {
        const Tree& tree = document.tree();
        const NodeIndex found = find(tree, Tree::document(), "instance", "id", id);
        return found == kNoNode ? InstanceSource{} : InstanceSource{&tree, nullptr, found};
    };
    services.itext = [&document, language](std::string_view id) -> std::optional<std::string> {
        const Tree& tree = document.tree();
        NodeIndex texts = find(tree, Tree::document(), "translation", "lang", language);
        if (texts == kNoNode) texts = find(tree, Tree::document(), "translation", "", "");
        const NodeIndex text = texts == kNoNode ? kNoNode : find(tree, texts, "text", "id", id);
        if (text == kNoNode) return std::nullopt;
        std::string scratch;
        const NodeIndex value = find(tree, text, "value", "form", "");
        return std::string{tree.string_value(value, scratch)};
    };
    return services;
}

}  // namespace bordereau::form::test
