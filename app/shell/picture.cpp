#include "app/shell/picture.h"

#define STB_IMAGE_WRITE_IMPLEMENTATION
#define STB_IMAGE_WRITE_STATIC
#if defined(__GNUC__)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wunused-function"
#pragma GCC diagnostic ignored "-Wmissing-field-initializers"
#endif
#include <stb/stb_image_write.h>
#if defined(__GNUC__)
#pragma GCC diagnostic pop
#endif

namespace bordereau::shell {

Status write_png(const Picture& picture, const std::string& path) {
    const int written = stbi_write_png(path.c_str(), picture.width, picture.height, 3,
                                       picture.rgb.data(), picture.width * 3);
    if (written == 0) return Error{ErrorCode::io, "writing the picture " + path};
    return done();
}

}  // namespace bordereau::shell
