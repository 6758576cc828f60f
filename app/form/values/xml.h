// app/form/values/xml.h - XML text to Tree. The only includer of pugixml.
// External entities and entity declarations are not read, so a document cannot grow.
#pragma once

#include <cstddef>
#include <memory>
#include <string_view>

#include "app/form/values/tree.h"
#include "storage/base/result.h"

namespace bordereau::form {

struct XmlLimits {
    std::size_t bytes = 128u << 20;
    std::size_t nodes = 16'000'000;
    std::size_t depth = 256;
    std::size_t attributes = 1'000;  ///< of one element
    std::size_t namespaces = 1'000;  ///< declared in one document
};

struct XmlOptions {
    /// Forms: white space between elements means nothing, comments neither, and a CDATA section is
    /// part of the text around it. Plain XPath, as browsers do it: all of them are nodes.
    bool keep_everything = false;
    XmlLimits limits;
    /// With keep_everything: white space between elements that have no text beside them, for the
    /// look of the file only. Nearly half of the nodes of a form.
    bool keep_layout = true;
};

/// Reads a document and gives its names to `names`. invalid: not well-formed (the detail has the
/// byte offset), an undeclared prefix, or over a limit.
Result<Tree> read_xml(std::string_view xml, const std::shared_ptr<Names>& names,
                      const XmlOptions& options = {});

/// The namespace a prefix stands for at a node that read_xml() made; empty if none is declared.
/// The empty prefix asks for the default namespace.
std::string_view namespace_at(const Tree& tree, NodeIndex node, std::string_view prefix);

}  // namespace bordereau::form
