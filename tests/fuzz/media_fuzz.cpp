// Any bytes as a file that somebody attaches: told apart, measured, cleaned, made small.
// Seeds: any photos, films and recordings; tests/support/media_samples.h writes some.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "app/media/barcode.h"
#include "app/media/clean.h"
#include "app/media/codec.h"
#include "app/media/kind.h"
#include "app/media/measure.h"
#include "storage/base/check.h"

namespace {

using namespace bordereau;
using namespace bordereau::media;

void clean_twice(Kind kind, std::string_view bytes) {
    const auto once = clean(kind, std::string{bytes});
    if (!once) return;
    const auto twice = clean(kind, once->bytes);
    check(twice.ok(), "what was cleaned is a whole file");
    check(twice->bytes == once->bytes, "cleaning again changes nothing");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes{reinterpret_cast<const char*>(data), size};
    const Kind kind = sniff(bytes);
    static_cast<void>(measure(kind, bytes));
    static_cast<void>(length_of(kind, bytes));
    clean_twice(kind, bytes);
    if (const auto small = thumbnail(kind, bytes, 32)) {
        check(std::max(small->width, small->height) <= 32, "a thumbnail is small");
        check(codes_in(*small).size() <= kMostCodes, "a picture has a bounded number of codes");
    }
    return 0;
}
