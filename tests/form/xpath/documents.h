// tests/form/xpath/documents.h - documents for expressions: read, addressed by path, evaluated in.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "app/form/values/tree.h"
#include "app/form/xpath/context.h"
#include "app/form/xpath/expression.h"

namespace bordereau::form::test {

/// A document with paths such as /data[1]/rep[2]/a[1], /data[1]/@id or /data[1]/text()[1].
class TestDocument {
public:
    TestDocument(std::string_view xml, const std::shared_ptr<Names>& names, bool keep_everything);

    const Tree& tree() const { return tree_; }
    /// Fails the test if there is no such node. "" and "/" are the document.
    NodeRef at(const std::string& path) const;
    std::string path_of(NodeRef node) const;
    std::vector<NodeIndex> nodes() const;

private:
    void enter(const std::string& path, NodeIndex node);
    void list(NodeIndex node, const std::string& path);
    bool is_section(NodeIndex node);

    Tree tree_;
    std::vector<std::string> sections_;  // texts of the CDATA sections not met yet
    std::map<std::string, NodeIndex> by_path_;
    std::map<NodeIndex, std::string> paths_;
};

/// Services with a fixed clock, seeded entropy and OpenSSL's digests; instances and translations
/// are those written into `document`, as XForms have them.
Services services_over(const TestDocument& document, const Clock& clock,
                       const std::string& language = "");

/// All prefixes that the document declares anywhere.
std::vector<NamespacePrefix> prefixes_of(const TestDocument& document);

}  // namespace bordereau::form::test
