// Any bytes as what a pack expands to, and as the plain form of a changeset that is to be packed.
// Where they are taken, packing what came out gives it again, byte for byte.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "storage/base/check.h"
#include "storage/journal/compress.h"
#include "storage/journal/pack.h"

namespace {

using namespace bordereau;
using namespace bordereau::storage;

void pack_again(const std::vector<std::string>& changesets) {
    PackWriter writer;
    std::vector<std::string> taken;
    for (const std::string& changeset : changesets)
        if (writer.add(changeset)) taken.push_back(changeset);
    if (taken.empty()) return;
    const auto again = unpack(writer.finish());
    check(again.ok(), "a pack of our own cannot be read");
    check(*again == taken, "a changeset comes out of a pack as another");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes{reinterpret_cast<const char*>(data), size};
    pack_again({std::string{bytes}});
    if (const auto changesets = unpack(compressed(bytes, 1))) pack_again(*changesets);
    return 0;
}
