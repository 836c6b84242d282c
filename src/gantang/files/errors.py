"""Why a file is not taken or not given."""

from django.utils.translation import gettext_lazy as _

from gantang.kit.errors import InvalidError, NotFoundError, UnavailableError


class TooLargeError(InvalidError):
    """More bytes than an attachment may have."""

    status = 413
    code = "files.too_large"
    sentence = _("文件超过 {limit_mb} MB。")
    remedy = _("请压缩后再传，或分成几份。")


class UnfitFileError(InvalidError):
    """A type that is not taken, or a file that is not what it says."""

    code = "files.unfit"
    sentence = _("不能接收这种文件。")
    remedy = _("请上传 JPG、PNG、WebP 图片，PDF，Word、Excel、PPT 文档，或录音、录像。")


class TooManyPixelsError(UnfitFileError):
    """An image so large that opening it could exhaust the memory."""

    code = "files.too_many_pixels"
    sentence = _("图片超过 5000 万像素。")
    remedy = _("请缩小后再传。")


class BrokenFileError(UnfitFileError):
    """The type is right, the content cannot be read."""

    code = "files.broken"
    sentence = _("文件已损坏，打不开。")
    remedy = _("请检查后重新上传。")


class MissingFileError(NotFoundError):
    """No bytes under this name."""

    code = "files.missing"
    sentence = _("文件不在存储中。")


class NoRoomError(UnavailableError):
    """The disk is (nearly) full: attachments are the first to be refused, so that the database can go on."""

    code = "files.no_room"
    sentence = _("存储空间不足，暂时不能接收附件。")
    remedy = _("事项可以照常提交；附件请稍后补充。")


class FontsMissingError(UnavailableError):
    """The faces that documents are set in are not laid out: the built wheel has them, a clone gets them
    from npm."""

    code = "files.fonts_missing"
    sentence = _("缺少文书用的字体：{what}")
    remedy = _("请在源码目录里运行 gantang assets。")


class TemplateError(InvalidError):
    """A document's template that cannot be rendered; ``what`` is what the typesetter says, with its line."""

    code = "files.template"
    sentence = _("文书模板有错：{what}")
    remedy = _("请按提示改好程序包里的模板，再重新办理。")
